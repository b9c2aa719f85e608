//! A newsroom on a disk without room: what is sent is answered with a sentence, nothing is half kept, and it goes on.

use super::files::{PDF, fields};
use super::house::{House, TEXT};
use super::pictures::photograph;
use ovn_press::check::{self, Options};
use ovn_press::copy::Copy;
use ovn_store::Folder;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

/// Set for the process that runs on the small disk: `disk`, or `limit` where none can be made.
const HOW: &str = "OVN_TEST_FULL_NEWSROOM";

/// Runs the child after `before`, a line of shell that makes the disk small.
fn child(before: &str, how: &str) -> Result<(), String> {
    let home = tempfile::tempdir().unwrap();
    let whole = format!("{before} && exec \"$0\" \"$@\"");
    let mut command = match how {
        "disk" => {
            let mut command = Command::new("unshare");
            let root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
            command.arg(if root { "-m" } else { "-rm" }).arg("sh");
            command
        }
        _ => Command::new("sh"),
    };
    let done = command
        .args(["-c", &whole])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "newsroom::full::child_on_a_small_disk", "--nocapture"])
        .env(HOW, how)
        .env("TMPDIR", home.path())
        .output()
        .map_err(|error| error.to_string())?;
    let said = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if !said.contains("running 1 test") {
        return Err(said);
    }
    assert!(done.status.success(), "{said}");
    Ok(())
}

#[test]
fn case_030_a_full_disk_is_answered_with_a_sentence_and_nothing_is_half_kept() {
    let mounted = child("mount -t tmpfs -o size=32m tmpfs \"$TMPDIR\"", "disk");
    let Err(why) = mounted else { return };
    // Said aloud where it is run, so that nobody takes the smaller test for the whole.
    eprintln!(
        "case 30: no small file system can be mounted here ({}); files are limited to 2 MiB instead",
        why.trim()
    );
    child("trap '' XFSZ; ulimit -f 4096", "limit").unwrap();
}

/// What the folder of copies has.
fn copies(dir: &Path) -> Vec<String> {
    Folder::at(dir.join("cabinet")).list("").unwrap_or_default()
}

/// Takes all the room that is left.
fn fill(path: &Path) {
    use std::io::Write;
    let mut file = std::fs::File::create(path).unwrap();
    for part in [1 << 16, 1 << 12, 1] {
        while file.write_all(&vec![7; part]).is_ok() {}
    }
}

#[test]
fn child_on_a_small_disk() {
    let Ok(how) = std::env::var(HOW) else { return };
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let (file, pictures) = (format!("{draft}/sources/file"), format!("{draft}/pictures"));
    amina.get(&draft);
    let document = amina.get(&format!("{draft}/document")).html;
    let before = copies(&house.dir);
    let filler = std::env::temp_dir().join("filler");
    let long = [PDF, &vec![b' '; 3 << 20]].concat();
    if how == "disk" {
        fill(&filler);
    }
    amina.get(&draft);
    let sent = amina.send(&file, &fields("Kept title", ""), "a.pdf", &long);
    assert_eq!(sent.status, 507, "{}", sent.html);
    assert!(
        sent.html.contains("no room left") && sent.html.contains("Kept title"),
        "{}",
        sent.html
    );
    assert_eq!(copies(&house.dir), before, "nothing is half kept");
    assert!(!amina.get("/library").html.contains("href=\"/library/"));
    if how == "disk" {
        on_the_full_disk(&mut amina, &draft, &document);
        assert_eq!(copies(&house.dir), before);
        std::fs::remove_file(&filler).unwrap();
    }
    // There is room again, and everything goes on where it was.
    amina.get(&draft);
    let picture = amina.put_file(&pictures, &photograph(40, 30));
    assert_eq!(picture.status, 200, "{}", picture.html);
    let given = amina.send(&file, &fields("A plan", ""), "a.pdf", PDF);
    assert_eq!(given.status, 303, "{}", given.html);
    assert!(copies(&house.dir).len() >= before.len() + 2);
    let (text, version) = super::files::text_of(&mut amina, &draft);
    let saved =
        amina.post(&draft, &[("version", &version), ("text", &text.replace("Monday", "Friday"))]);
    assert_eq!(saved.status, 303, "{}", saved.html);
    let report = check::whole(&Copy::Folder(Folder::at(&house.dir)), &Options::default()).unwrap();
    assert_eq!(report.verdict, ovn_verify::Verdict::Matches, "{report:#?}");
}

fn on_the_full_disk(amina: &mut super::house::Browser<'_>, draft: &str, document: &str) {
    let shown = amina.put_file(&format!("{draft}/pictures"), &photograph(400, 300));
    assert_eq!(shown.status, 507, "{}", shown.html);
    assert!(shown.html.contains("no room left"), "{}", shown.html);
    let longer = TEXT.replace("Monday", &"Friday ".repeat(20_000));
    let saved = amina.post(draft, &[("version", "2"), ("text", &longer)]);
    assert_eq!(saved.status, 507, "{}", saved.html);
    assert!(saved.html.contains("Friday Friday"), "the text is given back");
    let opened: serde_json::Value = serde_json::from_str(document).unwrap();
    let mut next = opened["document"].clone();
    next["content"][2]["content"][0]["text"] = format!("A {}", "long ".repeat(20_000)).into();
    let step = serde_json::json!({"stepType": "replace", "from": 1, "to": 1});
    let body =
        serde_json::json!({"version": 2, "writer": "tab00001", "steps": [step], "document": next});
    let sent = amina.put(&format!("{draft}/steps"), &body.to_string());
    assert_eq!(sent.status, 507, "{}", sent.html);
    let body = serde_json::json!({"version": 2, "document": next});
    let sent = amina.put(&format!("{draft}/document"), &body.to_string());
    assert_eq!(sent.status, 507, "{}", sent.html);
    // What was kept is read all the while.
    let shown = amina.get(draft);
    assert_eq!(shown.status, 200);
    assert!(shown.html.contains("The bridge opens on Monday"), "{}", shown.html);
}
