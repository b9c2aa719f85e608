//! The rules for who was asked, and for what is answered to the desk.

use super::{Finding, MAX_NAME, MAX_REFERENCES, MAX_TEXT, MAX_TOPICS, Place, field, put, text};
use crate::model::Article;

/// Requests for replies: a party each, and a day.
pub(super) fn replies(article: &Article, out: &mut Vec<Finding>) {
    let place = || Place::Field("replies");
    if article.replies.len() > MAX_TOPICS {
        let count = article.replies.len();
        let message = format!("there are {count} replies, and at most {MAX_TOPICS} may be");
        put(out, place(), message, "keep the ones that matter");
    }
    for reply in &article.replies {
        field(out, "replies", &reply.party, MAX_NAME);
        if let Some(day) = &reply.asked
            && !(day.len() == 10 && text::is_date(day))
        {
            let message =
                format!("the day {day:?} on which {} was asked is not a day", reply.party);
            put(out, place(), message, "write it as 2026-11-24");
        }
    }
}

/// Answers: a rule each, and a reason.
pub(super) fn answers(article: &Article, out: &mut Vec<Finding>) {
    let place = || Place::Field("answers");
    if article.answers.len() > MAX_REFERENCES {
        let count = article.answers.len();
        let message = format!("there are {count} answers, and at most {MAX_REFERENCES} may be");
        put(out, place(), message, "answer a rule once for all its findings by leaving out words");
    }
    for answer in &article.answers {
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/');
        if answer.rule.is_empty() || answer.rule.len() > 64 || !answer.rule.chars().all(plain) {
            let message = format!("{:?} is no id of a rule", answer.rule);
            put(out, place(), message, "write it as `ovn desk` prints it, such as single-voice");
        }
        if let Some(words) = &answer.words {
            field(out, "answers", words, MAX_TEXT);
        }
        field(out, "answers", &answer.because, MAX_TEXT);
    }
}
