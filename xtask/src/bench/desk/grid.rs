//! A table of figures: as lines for a terminal, as Markdown for the document.

/// A heading over each column, and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// An empty table with these headings.
    pub(super) fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|cell| (*cell).to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row, one cell for each heading.
    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(N, self.head.len());
        self.rows.push(cells.into());
    }

    /// The rows as lines, tabs between the cells.
    pub(super) fn lines(&self) -> String {
        let all = std::iter::once(&self.head).chain(&self.rows);
        all.map(|cells| cells.join("\t") + "\n").collect()
    }

    /// The table in Markdown.
    pub(super) fn markdown(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " "));
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let rule = format!("|{}\n", " --- |".repeat(self.head.len()));
        let rows: String = self.rows.iter().map(line).collect();
        line(&self.head) + &rule + &rows
    }
}

/// A share with two or three digits after the point and its Wilson interval: `.927 [.915, .938]`; a dash where there is none.
pub(super) fn share(right: u32, of: u32) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    let (from, to) = ovn_desk::rule::wilson(right, of);
    let share = f64::from(right) / f64::from(of);
    format!(
        "{} [{}, {}]",
        point(share),
        point(f64::from(from) / 1000.0),
        point(f64::from(to) / 1000.0)
    )
}

/// A number from 0 to 1 with three digits, none before the point below 1.
pub(super) fn point(value: f64) -> String {
    let digits = format!("{value:.3}");
    digits.strip_prefix('0').map_or(digits.clone(), str::to_owned)
}

/// A size as the counts have it.
pub(super) fn small(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_lines_or_markdown() {
        let mut grid = Grid::new(&["what", "share"]);
        grid.row(["a|b".to_owned(), share(90, 100)]);
        assert_eq!(grid.lines(), "what\tshare\na|b\t.900 [.825, .945]\n");
        assert_eq!(
            grid.markdown(),
            "| what | share |\n| --- | --- |\n| a\\|b | .900 [.825, .945] |\n"
        );
    }

    #[test]
    fn nothing_judged_has_no_share() {
        assert_eq!(share(0, 0), "–");
        assert_eq!(share(10, 10), "1.000 [.722, 1.000]");
    }
}
