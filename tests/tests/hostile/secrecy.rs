//! What is not published, not published any more, or refused: its words are nowhere.

use crate::house::{House, article, file, get, search};
use ovn_press::{check, copy::Copy, export, mirror, remove};
use ovn_site::Site;
use ovn_store::{Folder, Reader};

const CANARY: &str = "Zarqaqanary";

/// Every address of the site, and some that a spy would guess.
fn everywhere(site: &Site, path: &str) -> Vec<String> {
    let mut all = site.addresses().unwrap();
    let of = ["", ".md", ".json", ".tlog-proof", "/r1", "/r2", "/compare/1-2"]
        .map(|end| format!("{path}{end}"));
    all.extend(of);
    let tiles = ["entries/000.p/1", "entries/000.p/2", "entries/000.p/3", "0/000.p/2", "0/000.p/3"];
    all.extend(tiles.map(|tile| format!("/record/tile/{tile}")));
    all.extend(
        ["/search?q=zarqaqanary", "/search?q=words", "/sources?page=2", "/record?page=2"]
            .map(str::to_owned),
    );
    all
}

fn nowhere(site: &Site, path: &str) {
    for address in everywhere(site, path) {
        let (_, text) = get(site, &address);
        let own = address.starts_with("/search");
        let shown = text.to_lowercase().matches("zarqaqanary").count();
        // A search page repeats what was asked, in its field and its title, and finds nothing.
        assert!(shown == 0 || (own && !text.contains("secret-slug")), "{address}: {text}");
    }
}

fn of_folder(folder: &std::path::Path) -> Vec<String> {
    let folder = Folder::at(folder);
    let holds = |path: &String| {
        let bytes = folder.read(path).unwrap().unwrap_or_default();
        path.contains("secret-slug")
            || bytes.windows(CANARY.len()).any(|part| part.eq_ignore_ascii_case(CANARY.as_bytes()))
    };
    folder.list("").unwrap().into_iter().filter(holds).collect()
}

#[test]
fn case_063_what_was_checked_or_refused_is_nowhere() {
    let house = House::new();
    house.publish(&[file(&article("open", "Open", "Words."))]).unwrap();
    let secret = file(&article("secret-slug", CANARY, CANARY));
    let room = house.room();
    // Checked as with --dry-run, and dropped.
    let ready = ovn_press::publish::check(&room, secret.as_bytes(), &house.beside, None).unwrap();
    let path = ready.path().to_owned();
    drop((ready, room));
    // One of a batch that is refused as a whole.
    let broken = secret.replace("lang: en", "lang: en\nsections: [Nowhere]");
    assert!(house.publish(&[secret, broken]).is_err());
    let site = house.site();
    nowhere(&site, &path);
    assert_eq!(get(&site, &path), get(&site, "/2026/11/never-written"));
    assert_eq!(of_folder(&house.dir), Vec::<String>::new());
}

#[test]
fn case_063_068_what_is_withdrawn_is_gone_from_every_address_and_the_search() {
    let house = House::new();
    let path = house
        .publish(&[file(&article("secret-slug", CANARY, &format!("{CANARY} words.")))])
        .unwrap()
        .remove(0);
    let site = house.site();
    assert!(search(&site, "zarqaqanary").contains(&path));
    let order =
        remove::Order { path: path.clone(), ground: "privacy".into(), note: None, blocks: None };
    remove::remove(&house.room(), &order).unwrap();
    // The same process, whose memory holds the page from before.
    assert!(!search(&site, "zarqaqanary").contains(&path));
    for address in everywhere(&site, &path) {
        let (_, text) = get(&site, &address);
        let asked = address.contains("q=zarqaqanary");
        assert!(asked || !text.to_lowercase().contains("zarqaqanary"), "{address}");
    }
    assert_eq!(get(&site, &path).0, 410);
    let holding: Vec<String> =
        of_folder(&house.dir).into_iter().filter(|path| !path.ends_with("-wal")).collect();
    let words: Vec<&String> = holding.iter().filter(|path| path.starts_with("record/")).collect();
    assert!(words.is_empty(), "{holding:?}");
}

#[test]
fn case_067_what_is_given_out_holds_nothing_unpublished() {
    let house = House::new();
    house.publish(&[file(&article("open", "Open", "Words."))]).unwrap();
    let secret = file(&article("secret-slug", CANARY, CANARY));
    house.beside.replace("secret-slug.md", secret.as_bytes()).unwrap();
    let room = house.room();
    drop(ovn_press::publish::check(&room, secret.as_bytes(), &house.beside, None).unwrap());
    let key = room.keys().verifier().clone();
    let out = house.home.path().join("out");
    let to = |name: &str| Folder::at(out.join(name));
    let source = Copy::at(&house.dir.to_string_lossy());
    export::record(&source, &to("record")).unwrap();
    export::markdown(room.reader(), &source, &to("markdown")).unwrap();
    mirror::copy(&source, &to("mirror"), &key, &mut |_, _| {}).unwrap();
    assert_eq!(of_folder(&out), Vec::<String>::new());
    // Nor a key, a lock or a setting.
    for path in Folder::at(&out).list("").unwrap() {
        let known = ["/record/", "markdown/"].iter().any(|part| path.contains(part));
        assert!(known && !path.ends_with(".key") && !path.ends_with(".toml"), "{path}");
    }
    let report = check::whole(&Copy::Folder(to("mirror")), &check::Options::default()).unwrap();
    assert!(report.verdict.good());
}

#[test]
fn case_058_066_unknown_keys_are_refused_and_nothing_is_kept_of_them() {
    let house = House::new();
    let plain = "---\nheadline: A\nlang: en\n---\nWords.\n";
    for key in [
        "role: admin",
        "id: 1",
        "author_id: 2",
        "published_at: 2020-01-01",
        "sealed: true",
        "owner: x",
        "rev: 9",
        "path: /2020/01/a",
    ] {
        let text = plain.replace("lang: en", &format!("lang: en\n{key}"));
        let refused = house.publish(&[text]).unwrap_err();
        assert!(refused.contains(key.split(':').next().unwrap()), "{refused}");
    }
    let reader: Reader = house.room().reader().clone();
    assert_eq!(reader.size().unwrap(), 1);
}
