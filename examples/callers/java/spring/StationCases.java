package spring;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;
import policyrules.Client;

/** The rules as a part of a program on Spring: one client for all, and a guard before an act. */
public final class StationCases {
    private StationCases() {}

    /** Where the service is and how it knows us, from the program's own settings. */
    @Configuration
    public static class Rules {
        @Bean
        public Client rules(
                @Value("${policy-rules.url}") String url,
                @Value("${policy-rules.token}") String token) {
            return new Client(url, token, null, 5_000);
        }
    }

    /** Thrown where the rules do not permit an act; a handler of exceptions makes a 403 of it. */
    public static final class NotPermittedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotPermittedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Asks before a case is given to a station. */
    @Service
    public static class CaseGuard {
        private final Client rules;

        public CaseGuard(Client rules) {
            this.rules = rules;
        }

        /** Returns where it is permitted, and throws where it is not or nobody can say. */
        public void before(String bureau, String station, Map<String, ?> theCase) {
            Map<String, Object> question = new HashMap<>();
            question.put("subject", entity("county_bureau", bureau));
            question.put("resource", entity("station", station));
            Map<String, Object> action = new HashMap<>();
            action.put("name", "criminal_case");
            action.put("properties", theCase);
            question.put("action", action);
            try {
                if (!rules.permits(question)) {
                    throw new NotPermittedException("the rules do not permit it", null);
                }
            } catch (IOException e) {
                throw new NotPermittedException("the rules could not be asked", e);
            }
        }

        private static Map<String, Object> entity(String type, String id) {
            Map<String, Object> made = new HashMap<>();
            made.put("type", type);
            made.put("id", id);
            return made;
        }
    }
}
