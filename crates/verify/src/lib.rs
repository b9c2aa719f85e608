//! Is it sealed? A named verdict and a sentence for each check.
