//! Ways in: links of one use, and passkeys, each with one owner, used as it was left, and gone with its sessions.

use super::*;
use ovn_store::cabinet::Passkey;

pub(super) fn passkey(person: &Person, number: u8) -> Passkey {
    let (name, data) = (format!("key {number}"), format!("{{\"counter\":{number}}}"));
    let (id, credential) = ([number; 16], [number; 32]);
    Passkey { id, person: person.id, credential, name, data, at: NOW, used: None }
}

#[test]
fn a_passkey_is_used_as_it_was_left_and_removed_with_its_sessions() {
    let (_home, cabinet) = cabinet();
    let (ada, bea) = (join(&cabinet, 1, "ada"), join(&cabinet, 2, "bea"));
    let one = passkey(&ada, 1);
    assert!(cabinet.add_passkey(&one, &note("passkey-add")).unwrap());
    let twice = Passkey { id: [9; 16], person: bea.id, ..one.clone() };
    assert!(
        !cabinet.add_passkey(&twice, &note("passkey-add")).unwrap(),
        "one credential, one owner"
    );
    assert_eq!(cabinet.passkeys(&bea.id).unwrap(), []);
    assert_eq!(cabinet.passkey(&[1; 32]).unwrap(), Some((ada.clone(), one.clone())));
    assert_eq!(cabinet.passkey(&[2; 32]).unwrap(), None);
    let with = |number: u8| Session { passkey: Some(one.id), ..session(&ada, number, NOW + 5) };
    let begin = |before: &Passkey, data: &str, number: u8| {
        cabinet.begin_with(before, data, &with(number), &note("sign-in-passkey")).unwrap()
    };
    assert!(begin(&one, "{\"counter\":2}", 1));
    assert!(!begin(&one, "{\"counter\":3}", 2), "it was used meanwhile");
    let used = Passkey { data: "{\"counter\":2}".into(), used: Some(NOW + 5), ..one.clone() };
    assert_eq!(cabinet.passkeys(&ada.id).unwrap(), std::slice::from_ref(&used));
    assert!(begin(&used, &used.data, 3), "a key without a counter stays as it is");
    cabinet.begin(&session(&ada, 4, NOW + 5), &note("sign-in")).unwrap();
    let lives = |number: u8| cabinet.session(&[number; 32], NOW + 6).unwrap().is_some();
    assert_eq!([1, 2, 3, 4].map(lives), [true, false, true, true]);
    let remove = |of: &Person, kept: u8| {
        cabinet.remove_passkey(&of.id, &one.id, &[kept; 32], &note("passkey-remove")).unwrap()
    };
    assert!(!remove(&bea, 3), "another's");
    assert!(remove(&ada, 3));
    assert!(!remove(&ada, 3));
    assert_eq!([1, 3, 4].map(lives), [false, true, true]);
    assert!(!begin(&used, &used.data, 5), "it was removed");
}

#[test]
fn a_link_is_used_once_and_in_time() {
    let (_home, cabinet) = cabinet();
    assert!(!cabinet.is_set_up().unwrap());
    assert!(cabinet.offer_setup(&link(1), &note("setup")).unwrap());
    assert!(cabinet.offer_setup(&link(2), &note("setup")).unwrap());
    assert_eq!(cabinet.invitation(&[1; 32], NOW).unwrap(), None, "a newer link replaces it");
    assert_eq!(cabinet.invitation(&[2; 32], NOW + DAY - 1).unwrap(), Some(link(2)));
    assert_eq!(cabinet.invitation(&[2; 32], NOW + DAY).unwrap(), None);
    let ada = person(1, "ada");
    let try_join = |link: u8, person: &Person| {
        cabinet.join(&[link; 32], person, &Way::Passphrase("$x"), &[], &note("join")).unwrap()
    };
    let other_role = Person { role: "administrator".into(), ..ada.clone() };
    assert_eq!(try_join(2, &other_role), Joined::Void, "the link says the role");
    let late = Person { at: NOW + DAY, ..ada.clone() };
    assert_eq!(try_join(2, &late), Joined::Void);
    assert_eq!(try_join(2, &ada), Joined::Yes);
    assert_eq!(try_join(2, &person(2, "bea")), Joined::Void);
    assert!(!cabinet.offer_setup(&link(3), &note("setup")).unwrap(), "it is set up for good");

    cabinet.invite(&link(4), &note("invite")).unwrap();
    assert_eq!(try_join(4, &person(3, "ada")), Joined::Taken);
    assert_eq!(try_join(4, &person(3, "bea")), Joined::Yes, "a taken name uses no link up");
    cabinet.invite(&link(5), &note("invite")).unwrap();
    assert_eq!(cabinet.invitations(NOW).unwrap(), [link(5)]);
    assert!(cabinet.withdraw(&[5; 32], &note("withdraw")).unwrap());
    assert!(!cabinet.withdraw(&[5; 32], &note("withdraw")).unwrap());
    assert_eq!(try_join(5, &person(5, "cai")), Joined::Void);
    assert_eq!(cabinet.people().unwrap().len(), 2);
}
