//! Every package that is built has a licence we may ship.

use serde_json::Value;

use crate::tree::Violation;

const ALLOWED: [&str; 14] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "MPL-2.0",
    "CDLA-Permissive-2.0",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "BSL-1.0",
];

/// Checks the packages that `cargo metadata` lists.
///
/// # Errors
/// A sentence when the metadata has no packages.
pub fn check(metadata: &Value) -> Result<Vec<Violation>, String> {
    let built: Vec<&str> = list(metadata, "/resolve/nodes")?
        .iter()
        .filter_map(|node| node.get("id")?.as_str())
        .collect();
    let text = |package: &Value, key: &str| -> String {
        package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let found = list(metadata, "/packages")?
        .iter()
        .filter(|package| built.contains(&text(package, "id").as_str()))
        .filter_map(|package| {
            let (name, licence) = (text(package, "name"), text(package, "license"));
            let sentence = match licence.as_str() {
                "" => format!("{name} states no licence."),
                _ if allows(&licence) => return None,
                _ => format!("{name} is under {licence}, which is not on the list."),
            };
            Some(Violation::new("Cargo.lock", 1, sentence))
        });
    Ok(found.collect())
}

fn list<'a>(metadata: &'a Value, pointer: &str) -> Result<&'a Vec<Value>, String> {
    let found = metadata.pointer(pointer).and_then(Value::as_array);
    found.ok_or_else(|| format!("cargo metadata has no {pointer}."))
}

/// May we choose, in this SPDX expression, only licences on the list?
///
/// `OR` needs one side, `AND` both; an exception (`WITH …`) only grants more than the licence
/// before it; the old `MIT/Apache-2.0` reads as `OR`. Anything else is refused.
pub fn allows(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    matches!(either(&tokens), Some((true, [])))
}

/// `a OR b OR …`; the answer and the tokens left over.
fn either<'a, 'b>(tokens: &'a [&'b str]) -> Option<(bool, &'a [&'b str])> {
    let (mut good, mut rest) = both(tokens)?;
    while let ["OR", tail @ ..] = rest {
        let (next, after) = both(tail)?;
        (good, rest) = (good | next, after);
    }
    Some((good, rest))
}

/// `a AND b AND …`.
fn both<'a, 'b>(tokens: &'a [&'b str]) -> Option<(bool, &'a [&'b str])> {
    let (mut good, mut rest) = one(tokens)?;
    while let ["AND", tail @ ..] = rest {
        let (next, after) = one(tail)?;
        (good, rest) = (good & next, after);
    }
    Some((good, rest))
}

/// One licence, or an expression in brackets.
fn one<'a, 'b>(tokens: &'a [&'b str]) -> Option<(bool, &'a [&'b str])> {
    match tokens {
        ["(", tail @ ..] => match either(tail)? {
            (good, [")", rest @ ..]) => Some((good, rest)),
            _ => None,
        },
        [id, "WITH", _, rest @ ..] | [id, rest @ ..] => Some((ALLOWED.contains(id), rest)),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_expression(expression: &str, expected: bool) {
        assert_eq!(allows(expression), expected, "{expression}");
    }

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        check_expression("MIT", true);
        check_expression("GPL-3.0-only", false);
        check_expression("GPL-3.0-only OR MIT", true);
        check_expression("GPL-3.0-only AND MIT", false);
        check_expression("(MIT OR Apache-2.0) AND Unicode-3.0", true);
        check_expression("(MIT OR Apache-2.0) AND GPL-2.0-only", false);
        check_expression("MIT AND GPL-2.0-only OR ISC", true);
        check_expression("Apache-2.0 WITH LLVM-exception", true);
        check_expression("GPL-2.0-only WITH Classpath-exception-2.0", false);
        check_expression("MIT/Apache-2.0", true);
        check_expression("", false);
        check_expression("(MIT", false);
        check_expression("MIT)", false);
        check_expression("MIT OR", false);
    }

    #[test]
    fn only_what_is_built_counts() {
        let metadata = serde_json::json!({
            "packages": [
                {"id": "a", "name": "a", "license": "MIT"},
                {"id": "b", "name": "b", "license": "SSPL-1.0"},
                {"id": "c", "name": "c", "license": null},
                {"id": "d", "name": "d", "license": "GPL-3.0-only"},
            ],
            "resolve": {"nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}]},
        });
        let sentences: Vec<String> =
            check(&metadata).unwrap().into_iter().map(|v| v.sentence).collect();
        assert_eq!(
            sentences,
            ["b is under SSPL-1.0, which is not on the list.", "c states no licence."]
        );
    }
}
