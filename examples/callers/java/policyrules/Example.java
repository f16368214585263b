package policyrules;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks whether a station may take a case: java policyrules.Example http://127.0.0.1:8052 TOKEN */
public final class Example {
    private Example() {}

    public static void main(String[] args) throws IOException {
        Client client = new Client(args[0], args.length > 1 ? args[1] : null, null, 10_000);

        Map<String, Object> theCase = of(
            "causation_clear", true, "simple", true, "means", Arrays.asList("image"),
            "place_codes", Arrays.asList("350304"), "complex", false, "category", "ordinary",
            "role", "lead");
        Map<String, Object> question = of(
            "subject", of("type", "county_bureau", "id", "350304"),
            "action", of("name", "criminal_case", "properties", theCase),
            "resource", of("type", "station", "id", "350304540000"),
            "context", of("as_of", "2019-09-01", "facts", of(
                "stations", Collections.singletonList(of("id", "350304540000", "name", "笏石派出所")))));
        System.out.println("permitted: " + client.permits(question));

        // The same of several at once, with the reasons.
        Map<String, Object> other = new LinkedHashMap<>(theCase);
        other.put("means", Arrays.asList("image", "forensic"));
        theCase.put("id", "A1");
        other.put("id", "A2");
        Map<String, Object> answers = client.ask("/v1/check", of(
            "as_of", "2019-09-01", "facts", of("cases", Arrays.asList(theCase, other))));
        for (Object each : (List<?>) answers.get("verdicts")) {
            Map<?, ?> verdict = (Map<?, ?>) each;
            System.out.println(verdict.get("subject") + ": " + verdict.get("outcome"));
            for (Object reason : (List<?>) verdict.get("reasons")) {
                System.out.println("  " + ((Map<?, ?>) reason).get("cite"));
            }
        }

        theCase.put("simple", "perhaps");
        try {
            client.ask("/v1/check", of("facts", of("cases", Collections.singletonList(theCase))));
        } catch (ProblemException e) {
            System.out.println(e.status() + " " + e.errors().get(0).get("pointer"));
        }
    }

    private static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> made = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            made.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return made;
    }
}
