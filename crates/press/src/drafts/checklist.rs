//! What is still open in a draft's text: what keeps it from being published, and what the desk asks.

use crate::house;
use crate::people::{Error, People};
use ovn_edition::markdown::{self, Problem};
use ovn_edition::model::Article;
use ovn_edition::report::{Finding, answer_to};

/// What is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checklist {
    /// The article, if the text can be read as one.
    pub article: Option<Article>,
    /// What is wrong with the text, each with its place; while there are any, it can't be published.
    pub problems: Vec<Problem>,
    /// What the desk asks and nobody has answered.
    pub findings: Vec<Finding>,
    /// How many of the desk's questions are answered.
    pub answered: usize,
    /// Places marked TK, "to come".
    pub marks: usize,
    /// Sentences or spans that a source stands behind.
    pub claims: usize,
}

impl People {
    /// What is open in a text.
    ///
    /// # Errors
    /// When the house rules of the edition can't be read.
    pub fn checklist(&self, text: &str) -> Result<Checklist, Error> {
        let marks = marks(text);
        let article = match markdown::read(text.as_bytes()) {
            Ok(article) => article,
            Err(problems) => return Ok(Checklist { problems, marks, ..Checklist::default() }),
        };
        let house = house::of(&self.inner.dir).map_err(crate::newsroom::Error::from)?;
        let report = ovn_desk::report(&article, &house);
        let all = report.findings.len();
        let mut findings = report.findings;
        findings.retain(|finding| answer_to(&article.answers, finding).is_none());
        let answered = all - findings.len();
        let claims = ovn_edition::claims::of(&article).len();
        Ok(Checklist {
            article: Some(article),
            findings,
            answered,
            marks,
            claims,
            ..Checklist::default()
        })
    }
}

/// How often TK stands alone.
pub(crate) fn marks(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| *word == "TK" || *word == "TKTK")
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_alone() {
        let check = |text: &str, expected: usize| assert_eq!(marks(text), expected, "{text}");
        check("The bridge is TK metres long (TK).", 2);
        check("TKTK", 1);
        check("ATK, tk, STK-3", 0);
    }
}
