//! The schema says yes to every article that the model holds, and no to what it does not.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod articles;

use ovn_edition::{check, markdown, model::Article};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema: Value =
        serde_json::from_str(include_str!("../schema/article.schema.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn good_articles_are_valid(article in articles::article()) {
        prop_assume!(check::article(&article).is_empty());
        let value = serde_json::to_value(&article).unwrap();
        let error = SCHEMA.iter_errors(&value).next().map(|error| error.to_string());
        prop_assert!(error.is_none(), "{:?}", error);
    }
}

#[test]
fn bad_articles_are_not() {
    let file = "---\nheadline: A\nlang: en\nreferences:\n  - {id: a, custom: {kind: statement}}\n---\nB *c* [d](/e) [@a].\n";
    let good = serde_json::to_value(markdown::read(file.as_bytes()).unwrap()).unwrap();
    assert!(SCHEMA.is_valid(&good));
    let check = |change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        let by_model = serde_json::from_value::<Article>(bad.clone())
            .is_ok_and(|article| check::article(&article).is_empty());
        assert!(!SCHEMA.is_valid(&bad) && !by_model, "{bad}");
    };
    check(&|v| v["headline"] = json!(""));
    check(&|v| v["headline"] = json!("x".repeat(301)));
    check(&|v| v["lang"] = json!("English"));
    check(&|v| v["slug"] = json!("A b"));
    check(&|v| v["colour"] = json!("red"));
    check(&|v| v["body"] = json!([]));
    check(&|v| v["body"][0]["type"] = json!("script"));
    check(&|v| v["body"][0]["content"] = json!([]));
    check(&|v| v["body"][0]["content"][1]["marks"][0]["type"] = json!("blink"));
    check(&|v| v["body"][0]["content"][3]["marks"][0]["href"] = json!("javascript:alert(1)"));
    check(&|v| v["references"][0]["id"] = json!(""));
    check(&|v| v["references"][0]["custom"]["kind"] = json!("rumour"));
    check(&|v| v["references"][0]["volume"] = json!(1.5));
    check(&|v| v["references"][0]["volume"] = json!(null));
    check(&|v| v["topics"] = json!(["a", "a"]));
    check(&|v| v["change"] = json!({"class": "oops"}));
}
