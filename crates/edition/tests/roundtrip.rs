//! Whatever the model holds comes back from its file, and a written file is written again byte for byte.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod articles;

use articles::{article, words};
use ovn_edition::{check, markdown};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(article in article()) {
        prop_assume!(check::article(&article).is_empty());
        let file = markdown::write(&article);
        match markdown::read(file.as_bytes()) {
            Ok(again) => {
                prop_assert_eq!(&again.body, &article.body, "{}", file);
                prop_assert_eq!(&again, &article, "{}", file);
            }
            Err(problems) => prop_assert!(false, "{:?}\n{}", problems, file),
        }
    }

    #[test]
    fn any_text_is_read_or_refused_and_then_stays(body in text()) {
        let head = "---\nheadline: A\nlang: en\nreferences:\n  - {id: a, type: speech}\n---\n";
        if let Ok(article) = markdown::read(format!("{head}{body}\n").as_bytes()) {
            let once = markdown::write(&article);
            let again = markdown::read(once.as_bytes());
            prop_assert!(again.is_ok(), "{:?}\n{}", again, once);
            prop_assert_eq!(&again.unwrap(), &article, "{}", once);
        }
    }

    #[test]
    fn no_bytes_make_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = markdown::read(&bytes);
        let mut file = b"---\n".to_vec();
        file.extend(bytes);
        let _ = markdown::read(&file);
    }
}

fn text() -> impl Strategy<Value = String> {
    let breaks = prop::sample::select(vec!["\n", "\n\n", "\n- ", "\n  ", "\n> ", "\n1. "]);
    let part = prop_oneof![words(), breaks.prop_map(str::to_owned)];
    prop::collection::vec(part, 1..12).prop_map(|parts| parts.concat())
}
