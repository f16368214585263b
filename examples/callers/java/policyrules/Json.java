package policyrules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As much of JSON as the client needs: objects are maps, arrays lists, numbers BigDecimal.
 *
 * <p>Where the house has a JSON library, use that, and leave this out.
 */
public final class Json {
    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** Reads a text. Throws IllegalArgumentException, with the place, for what is no JSON. */
    public static Object read(String text) {
        Json reader = new Json(text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.unlike("the end");
        }
        return value;
    }

    /** Writes maps, iterables, texts, numbers, booleans and null. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map) {
            String before = "{";
            for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
                out.append(before);
                quote(String.valueOf(each.getKey()), out);
                out.append(':');
                write(each.getValue(), out);
                before = ",";
            }
            out.append(before.equals("{") ? "{}" : "}");
        } else if (value instanceof Iterable) {
            String before = "[";
            for (Object each : (Iterable<?>) value) {
                out.append(before);
                write(each, out);
                before = ",";
            }
            out.append(before.equals("[") ? "[]" : "]");
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            out.append(value);
        } else {
            quote(value.toString(), out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private Object value() {
        blanks();
        if (at == text.length() || depth > DEEPEST) {
            throw unlike("a value");
        }
        switch (text.charAt(at)) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> found = new LinkedHashMap<>();
        depth++;
        take('{');
        while (!ends('}', found.isEmpty())) {
            String key = string();
            blanks();
            take(':');
            found.put(key, value());
        }
        depth--;
        return found;
    }

    private List<Object> array() {
        List<Object> found = new ArrayList<>();
        depth++;
        take('[');
        while (!ends(']', found.isEmpty())) {
            found.add(value());
        }
        depth--;
        return found;
    }

    /** Whether an object or array ends here; else what comes next in it is read. */
    private boolean ends(char end, boolean isFirst) {
        blanks();
        if (at < text.length() && text.charAt(at) == end) {
            at++;
            return true;
        }
        if (!isFirst) {
            take(',');
            blanks();
        }
        return false;
    }

    private String string() {
        take('"');
        StringBuilder found = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return found.toString();
            }
            found.append(c == '\\' ? escaped() : c);
        }
        throw unlike("a quotation mark");
    }

    private char escaped() {
        if (at == text.length()) {
            throw unlike("a character");
        }
        char c = text.charAt(at++);
        int known = "bfnrt".indexOf(c);
        if (known >= 0) {
            return "\b\f\n\r\t".charAt(known);
        }
        if (c != 'u') {
            return c;
        }
        if (at + 4 > text.length()) {
            throw unlike("four digits");
        }
        try {
            return (char) Integer.parseInt(text.substring(at, at += 4), 16);
        } catch (NumberFormatException e) {
            throw unlike("four digits");
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw unlike(word);
        }
        at += word.length();
        return value;
    }

    private BigDecimal number() {
        int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return new BigDecimal(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw unlike("a value");
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void take(char wanted) {
        if (at == text.length() || text.charAt(at) != wanted) {
            throw unlike("`" + wanted + "`");
        }
        at++;
    }

    private IllegalArgumentException unlike(String wanted) {
        return new IllegalArgumentException("expected " + wanted + " at character " + at);
    }
}
