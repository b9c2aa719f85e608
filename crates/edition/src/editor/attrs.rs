//! Attributes held against the schema: each there, none besides, every value of its kind.

use super::{
    schema::{Attr, AttrKind},
    tree::Fault,
};
use crate::check;
use serde_json::{Map, Value};

const SHAPE: &str = "send every attribute that the schema lists and no other";

/// The attributes of a node or mark for which the schema lists `specs`.
pub(super) fn check<'a>(
    value: Option<&'a Value>,
    specs: &[Attr],
) -> Result<Option<&'a Map<String, Value>>, Fault> {
    let map = match value {
        None if specs.is_empty() => return Ok(None),
        Some(Value::Object(map)) if !specs.is_empty() => map,
        _ => {
            return Err(Fault::new(
                "the attributes are missing, none are due or they are not an object",
                SHAPE,
            ));
        }
    };
    if let Some(key) = map.keys().find(|key| specs.iter().all(|spec| spec.name != **key)) {
        return Err(Fault::new("the schema has no such attribute", SHAPE).at(key));
    }
    for spec in specs {
        let value = match map.get(&spec.name) {
            None if spec.optional => continue,
            found => found,
        };
        let value =
            value.ok_or_else(|| Fault::new("the attribute is missing", SHAPE).at(&spec.name))?;
        if spec.optional && value == "" {
            return Err(Fault::new("an empty attribute is left out", SHAPE).at(&spec.name));
        }
        one(value, spec).map_err(|fault| fault.at(&spec.name))?;
    }
    Ok(Some(map))
}

fn one(value: &Value, spec: &Attr) -> Result<(), Fault> {
    match (spec.kind, value) {
        (AttrKind::Boolean, Value::Bool(_)) => Ok(()),
        (AttrKind::Integer, Value::Number(number)) => {
            let inside =
                number.as_i64().is_some_and(|number| (spec.min..=spec.max).contains(&number));
            let message =
                format!("{number} is not a whole number from {} to {}", spec.min, spec.max);
            if inside { Ok(()) } else { Err(Fault::new(message, "choose one of those")) }
        }
        (AttrKind::Citations, Value::Array(items)) if !items.is_empty() => items
            .iter()
            .enumerate()
            .try_for_each(|(number, item)| citation(item).map_err(|fault| fault.at(number))),
        (kind, Value::String(text)) => string(kind, text, spec),
        _ => Err(Fault::new("the value is of another kind than the schema says", SHAPE)),
    }
}

fn string(kind: AttrKind, text: &str, spec: &Attr) -> Result<(), Fault> {
    let good = match kind {
        AttrKind::String => spec.values.is_empty() || spec.values.iter().any(|value| value == text),
        AttrKind::Language => check::is_lang(text),
        AttrKind::Digest => {
            let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            text.is_empty() || (text.len() == 64 && text.bytes().all(hex))
        }
        AttrKind::Href => match check::href(text) {
            Some(message) => return Err(Fault::new(message, check::HREF_ADVICE)),
            None => true,
        },
        AttrKind::Opaque => is_opaque(text),
        AttrKind::Integer | AttrKind::Boolean | AttrKind::Citations => false,
    };
    if good {
        return Ok(());
    }
    let shown: String = text.chars().take(40).collect();
    Err(Fault::new(format!("{shown:?} is not a value of this attribute"), SHAPE))
}

/// Whether a text may be an id that says nothing: 1 to 64 of `A`–`Z`, `a`–`z`, `0`–`9`, `-` and `_`.
#[must_use]
pub fn is_opaque(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// `id`, `prefix` and `locator`, all three and all text; the id as a file may spell it.
fn citation(value: &Value) -> Result<(), Fault> {
    const KEYS: [&str; 3] = ["id", "prefix", "locator"];
    let map = value.as_object().ok_or_else(|| Fault::new("a citation is not an object", SHAPE))?;
    if let Some(key) = map.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(Fault::new(format!("a citation has no {key:?}"), SHAPE).at(key));
    }
    for key in KEYS {
        if !map.get(key).is_some_and(Value::is_string) {
            return Err(Fault::new(
                "a citation has an id, a prefix and a locator, all text",
                SHAPE,
            )
            .at(key));
        }
    }
    let id = map.get("id").and_then(Value::as_str).unwrap_or_default();
    if check::is_id(id) {
        return Ok(());
    }
    let advice = "use letters and digits joined by single - _ . or :";
    Err(Fault::new(
        format!("{:?} cannot be the id of a reference", id.chars().take(64).collect::<String>()),
        advice,
    )
    .at("id"))
}
