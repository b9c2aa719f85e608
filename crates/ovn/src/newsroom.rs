//! Opening the newsroom: its people, its plane, and what is said of it on the terminal.

use ovn_press::managing::Following;
use ovn_press::people::{Env, People};
use ovn_site::Plane;
use std::io::IsTerminal as _;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;

/// Between two looks at what is scheduled, and after one at which it could not be published.
const TICK: Duration = Duration::from_secs(1);
const REST: Duration = Duration::from_secs(15);
/// Between two looks at which sources are to be asked again and what was published, and how many are asked then.
const PAUSE: Duration = Duration::from_secs(600);
const AT_ONCE: usize = 20;

/// The people of the edition in `dir`, and their plane at `address`.
///
/// # Errors
/// A sentence, when the cabinet can't be opened or strangers could listen.
pub(crate) fn plane(dir: &Path, env: Env, address: SocketAddr) -> Result<(People, Plane), String> {
    let (clock, gate) = (ovn_press::seal::system_clock(), crate::standin::gate(&env));
    let people = People::open_through(dir, env, clock, gate).map_err(|error| error.to_string())?;
    let plane = Plane::new(people.clone(), address).map_err(|error| error.to_string())?;
    Ok((people, plane))
}

/// Asks the addresses of sources again, each once a day and a few at a time, and opens the tasks that follow from what the
/// command line published, for as long as the program runs.
fn watch(people: People) {
    let asking = std::thread::Builder::new().name("sources".into()).spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            if let Err(error) = people.ask_due(AT_ONCE) {
                tracing::warn!(%error, "sources could not be asked again");
            }
            if let Err(error) = people.follow() {
                tracing::warn!(%error, "tasks that follow from the record could not be opened");
            }
        }
    });
    if let Err(error) = asking {
        tracing::warn!(%error, "sources will not be asked again");
    }
}

/// Publishes what is scheduled, each at its moment, for as long as the program runs.
fn release(people: People) {
    let releasing = std::thread::Builder::new().name("schedule".into()).spawn(move || {
        loop {
            let done = people.release(&ovn_press::steady::beat());
            if let Err(error) = &done {
                tracing::warn!(%error, "scheduled articles could not be published, and are tried again");
            }
            std::thread::sleep(if done.is_ok() { TICK } else { REST });
        }
    });
    if let Err(error) = releasing {
        tracing::error!(%error, "nothing that is scheduled will be published");
    }
}

/// Between two looks at the file with the settings.
const LOOK: Duration = Duration::from_secs(1);

/// Takes up what is changed in `ovn.toml` by hand or on another node, for as long as the program runs: for the readers, and for
/// the newsroom if there is one.
pub(crate) fn follow(dir: &Path, env: Env, site: ovn_site::Site, people: Option<People>) {
    let mut file = Following::start(dir, env);
    let following = std::thread::Builder::new().name("settings".into()).spawn(move || {
        loop {
            std::thread::sleep(LOOK);
            if let Some(settings) = file.changed() {
                site.hold(&settings);
                if let Some(people) = &people {
                    people.hold(&settings);
                }
                tracing::info!("ovn.toml was changed, and what can be taken up is in force");
            }
        }
    });
    if let Err(error) = following {
        tracing::warn!(%error, "what is changed in ovn.toml by hand holds from the next start on");
    }
}

/// The plane behind a socket, and what is said of it: where it is, and until somebody has joined, the link that lets the
/// first person in. The link is for a terminal alone; where what is said goes to a log, a command gives it.
///
/// # Errors
/// As [`plane`].
pub(crate) fn open(
    dir: &Path,
    env: Env,
    listener: &TcpListener,
) -> Result<(People, Plane), String> {
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (people, plane) = plane(dir, env, address)?;
    watch(people.clone());
    release(people.clone());
    eprintln!("The newsroom is at {}", plane.url());
    let settings = people.settings();
    let keys = settings.keys_folder(dir);
    if !keys.join("log.key").is_file() {
        eprintln!("Nothing can be published from it: there is no log.key in {}", keys.display());
    }
    if !std::io::stderr().is_terminal() {
        eprintln!("A link for the first person: ovn user invite {}", dir.display());
        return Ok((people, plane));
    }
    if let Some(link) = plane.setup_link().map_err(|error| error.to_string())? {
        eprintln!(
            "Nobody is in it yet. Open this link once, within a day, and you are its administrator:\n  {link}"
        );
    }
    Ok((people, plane))
}
