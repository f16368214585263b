package policyrules;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A request that the service refused: its status, and every fault with its place (RFC 9457). */
public final class ProblemException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, Object> problem;

    ProblemException(int status, Map<String, Object> problem) {
        super(status + " " + problem.get("title")
            + (problem.containsKey("detail") ? ": " + problem.get("detail") : ""));
        this.status = status;
        this.problem = problem;
    }

    /** The status of the response, such as 422 for faults of the facts, 401 without a token. */
    public int status() {
        return status;
    }

    /** Each fault: `pointer` to its place in the request, `code`, and `zh` and `en` in words. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> errors() {
        Object errors = problem == null ? null : problem.get("errors");
        return errors == null
            ? Collections.<Map<String, Object>>emptyList()
            : (List<Map<String, Object>>) errors;
    }
}
