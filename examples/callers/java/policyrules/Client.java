package policyrules;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a service of policy-rules. Java 8, without other libraries; threads may share one.
 *
 * <p>No answer is a yes: where this throws, nothing is permitted.
 */
public final class Client {
    private static final int CONNECT_MS = 2_000;

    private final String base;
    private final String token;
    private final SSLSocketFactory certificates;
    private final int answerMs;

    /**
     * @param base where the service is, such as https://rules.example:8052
     * @param token what it knows the caller by, or null
     * @param certificates the caller's own certificate and those it trusts, or null for Java's own
     * @param answerMs how long an answer may take, in milliseconds
     */
    public Client(String base, String token, SSLSocketFactory certificates, int answerMs) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.token = token;
        this.certificates = certificates;
        this.answerMs = answerMs;
    }

    /**
     * The answer of an address, such as /v1/check, to a request.
     *
     * @throws ProblemException where the service refuses it, with every fault
     * @throws IOException where there is no answer
     */
    public Map<String, Object> ask(String path, Map<String, ?> request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(base + path).openConnection();
        if (certificates != null && connection instanceof HttpsURLConnection) {
            ((HttpsURLConnection) connection).setSSLSocketFactory(certificates);
        }
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(answerMs);
        connection.setRequestMethod("POST");
        // The token is for this service, not for where somebody else sends us.
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Content-Type", "application/json");
        // By this id the answer is found again in the record of decisions.
        connection.setRequestProperty("X-Request-ID", UUID.randomUUID().toString());
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        byte[] body = Json.write(request).getBytes(StandardCharsets.UTF_8);
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        try (InputStream in =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            Map<String, Object> content = object(in == null ? "{}" : text(in), status);
            if (status != HttpURLConnection.HTTP_OK) {
                throw new ProblemException(status, content);
            }
            return content;
        }
    }

    /** Whether an act is permitted: a question of AuthZEN 1.0. Only a plain yes is one. */
    public boolean permits(Map<String, ?> question) throws IOException {
        return Boolean.TRUE.equals(ask("/access/v1/evaluation", question).get("decision"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String text, int status) throws IOException {
        try {
            Object content = Json.read(text);
            if (content instanceof Map) {
                return (Map<String, Object>) content;
            }
        } catch (IllegalArgumentException e) {
            // Something between here and the service answered in its place.
        }
        throw new ProblemException(status, Collections.<String, Object>singletonMap(
            "title", "no answer of policy-rules"));
    }

    private static String text(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            read.write(part, 0, n);
        }
        return new String(read.toByteArray(), StandardCharsets.UTF_8);
    }
}
