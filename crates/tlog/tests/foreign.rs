//! The tree and the notes against implementations that share no code with ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use ovn_tlog::{Hash, Subtrees, leaf_hash, merkle, node_hash};

/// The definition of RFC 6962, section 2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => ovn_tlog::empty_root(),
        [one] => *one,
        many => {
            let k = many.len().next_power_of_two() / 2;
            node_hash(&mth(&many[..k]), &mth(&many[k..]))
        }
    }
}

#[test]
fn the_definition_itself() {
    let leaves: Vec<Hash> = (0..100_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let tree = Subtrees::new(&leaves);
    for size in 0..=leaves.len() {
        let root = mth(&leaves[..size]);
        assert_eq!(merkle::root(&leaves[..size]), root);
        assert_eq!(merkle::tree_root(&tree, size as u64), Ok(root));
        for index in 0..size {
            let (index, size) = (index as u64, size as u64);
            let proof = merkle::inclusion_proof(&tree, index, size).unwrap();
            assert_eq!(merkle::inclusion_proof(&leaves[..], index, size).unwrap(), proof);
            let leaf = leaves[index as usize];
            assert_eq!(merkle::verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
        }
        for old in 0..=size {
            let older = mth(&leaves[..old]);
            let (old, size) = (old as u64, size as u64);
            let proof = merkle::consistency_proof(&tree, old, size).unwrap();
            assert_eq!(merkle::verify_consistency(old, size, &older, &root, &proof), Ok(()));
        }
    }
}
