//! The hash of an input: canonical JSON (RFC 8785) and SHA-256. Two inputs that mean the same
//! hash the same, whatever the order of their keys.
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Canonical JSON of a value without fractional numbers (amounts are text): keys sorted by their
/// UTF-16 code units, no white space, shortest escapes. RFC 8785, section 3.2.
pub fn canonical_json(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, &mut out);
    out
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        // serde_json escapes exactly as RFC 8785 asks.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string());
        }
        Value::Array(items) => {
            out.push('[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_value(item, out);
            }
            out.push(']');
        }
        Value::Object(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            out.push('{');
            for (position, (key, item)) in sorted.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                write_value(item, out);
            }
            out.push('}');
        }
    }
}

/// `v1:` and the SHA-256 of the canonical JSON. The caller fills in defaults and normalises
/// decimals first; the engine's version stands beside the hash, not inside it.
pub fn input_hash(value: &Value) -> String {
    format!("v1:{}", sha256_hex(canonical_json(value).as_bytes()))
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let text = String::with_capacity(bytes.len().saturating_mul(2));
    bytes.iter().fold(text, |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_by_utf16_code_units() {
        // The example of RFC 8785, section 3.2.3, without its control characters.
        let value = json!({"\u{20ac}": "Euro", "\u{1F600}": "Smiley", "\u{fb33}": "Dalet", "1": 1});
        assert_eq!(
            canonical_json(&value),
            "{\"1\":1,\"\u{20ac}\":\"Euro\",\"\u{1F600}\":\"Smiley\",\"\u{fb33}\":\"Dalet\"}"
        );
    }

    #[test]
    fn the_hash_names_its_version() {
        assert_eq!(
            input_hash(&json!({})),
            "v1:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }
}
