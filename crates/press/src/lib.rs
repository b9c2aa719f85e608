//! What the newsroom does: the verbs, with the clock, chance, the network and the keys.
