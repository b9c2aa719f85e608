//! Why a page could not be made.

/// Readers see 503 for all of these, and the operator's log has the sentence.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] ovn_store::Error),
    /// A stored document is not one.
    #[error("a stored document cannot be read: {0}")]
    Document(#[from] ovn_edition::sealed::Error),
    /// A stored leaf is not one.
    #[error("a stored leaf cannot be read: {0}")]
    Leaf(#[from] ovn_edition::leaf::Error),
    /// A proof could not be put together.
    #[error("the record's files are damaged: {0}")]
    Record(String),
    /// Something stored is not what names it.
    #[error("{0}; run ovn doctor --deep, and ovn repair")]
    Damaged(String),
    /// A page could not be written.
    #[error(transparent)]
    Page(#[from] crate::pages::Error),
    /// The interface's messages are damaged.
    #[error(transparent)]
    Words(#[from] crate::words::Error),
    /// The newsroom can't be reached as it is set up, or its cabinet fails.
    #[error("{0}")]
    Newsroom(String),
    /// The letterbox can't be read or written.
    #[error(transparent)]
    Letter(ovn_press::letterbox::Error),
    /// A template or a feed could not be written.
    #[error("the page could not be written: {0}")]
    Writing(String),
}

impl From<std::fmt::Error> for Error {
    fn from(error: std::fmt::Error) -> Self {
        Self::Writing(error.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Writing(error.to_string())
    }
}
