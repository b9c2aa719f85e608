//! `ovn serve` and `ovn demo`: the public site, until a signal asks it to stop.

use super::{environment, files};
use crate::{
    args::{Demo, Serve},
    certificate::certificate,
    listen::{self, Listeners, listeners},
    notify::notify,
    outcome::Outcome,
};
use ovn_press::{
    demo,
    letterbox::Letterbox,
    people::{Env, People},
};
use ovn_site::Site;
use ovn_store::{Settings, settings::Newsroom};
use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
};

use tokio::signal::unix::{SignalKind, signal};

/// The demonstration's files, inside the program.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../demo"]
struct Content;

pub(super) fn serve(arguments: &Serve) -> Outcome {
    // What the command line says is heard as the environment is.
    let newsroom = arguments.newsroom.clone();
    let env: Env = Arc::new(move |name: &str| match &newsroom {
        Some(place) if name == "OVN_NEWSROOM" => Some(place.clone()),
        _ => environment(name),
    });
    if is_empty(&arguments.dir) {
        match super::edition::begin(&arguments.dir) {
            Ok(words) => eprintln!("{words}"),
            Err(why) => return Outcome::unknown(why),
        }
    }
    let settings = match Settings::read(&arguments.dir, &*env) {
        Ok(settings) => settings,
        Err(error) => return Outcome::unknown(error),
    };
    let port = arguments.port.unwrap_or(settings.port);
    match listeners(&settings, port).and_then(|all| run(&arguments.dir, all, &env)) {
        Ok(()) => Outcome::good(""),
        Err(why) => Outcome::unknown(why),
    }
}

/// Whether the folder is there and nothing is in it. One that is not there may be a slip of the hand.
fn is_empty(dir: &Path) -> bool {
    std::fs::read_dir(dir).is_ok_and(|mut items| items.next().is_none())
}

pub(super) fn demo(arguments: &Demo) -> Outcome {
    match try_demo(arguments) {
        Ok(()) => Outcome::good(""),
        Err(why) => Outcome::unknown(why),
    }
}

fn try_demo(arguments: &Demo) -> Result<(), String> {
    // The port comes first: the edition's pages name the address they are served at.
    let readers = listen::open("127.0.0.1", arguments.port, listen::OTHER)?;
    let address = readers.local_addr().map_err(|error| error.to_string())?;
    let dir = arguments.dir.clone().unwrap_or_else(temporary);
    if !dir.join("ovn.toml").exists() {
        eprintln!("Making the demonstration edition in {} …", dir.display());
        make(&dir, address)?;
    }
    if arguments.no_serve {
        println!("{}", dir.display());
        return Ok(());
    }
    // It was made with its rows in a file, whatever database the environment names for another edition.
    // Nobody would read what its readers report.
    let own: Env = Arc::new(|name: &str| match name {
        "OVN_LETTERS" => Some("false".into()),
        "OVN_DATABASE" => None,
        other => environment(other),
    });
    let newsroom = Err(String::new());
    run(&dir, Listeners { readers, operator: None, newsroom }, &own)
}

fn temporary() -> PathBuf {
    std::env::temp_dir().join(format!("ovn-demo-{}", std::process::id())).join("edition")
}

fn make(dir: &Path, address: SocketAddr) -> Result<(), String> {
    let files: Vec<(String, std::borrow::Cow<'static, [u8]>)> = Content::iter()
        .filter_map(|path| Some((path.to_string(), Content::get(&path)?.data)))
        .collect();
    let content = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref())).collect();
    let order = Content::get("order.toml").ok_or("the demonstration has no order.toml")?;
    let order = String::from_utf8_lossy(&order.data);
    let order = toml::from_str(&order).map_err(|error| error.to_string())?;
    demo::make(dir, &format!("http://{address}"), &content, &order)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

fn run(dir: &Path, listeners: Listeners, env: &Env) -> Result<(), String> {
    let settings = Settings::read(dir, &**env).map_err(|error| error.to_string())?;
    let letters = Letterbox::of(dir, &settings);
    let site: Site = files::open(dir, settings.clone())?.with_letters(letters);
    let said = |error: std::io::Error| error.to_string();
    let address = listeners.readers.local_addr().map_err(said)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(said)?;
    runtime.block_on(async {
        let hangup = signal(SignalKind::hangup()).map_err(said)?;
        let (tls, keeping) = certificate(dir, &settings, hangup)?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        println!("{scheme}://{address}");
        eprintln!("Serving {} at {scheme}://{address}; Ctrl-C stops.", dir.display());
        tokio::spawn(keeping);
        let readers = into_tokio(listeners.readers).map_err(said)?;
        let operator = listeners.operator.map(into_tokio).transpose().map_err(said)?;
        let newsroom = newsroom(dir, env, &settings, listeners.newsroom)?;
        live(dir, env, &site, newsroom.as_ref().map(|(people, ..)| people));
        // Operator and newsroom are served until the last reader has gone.
        let (end, ended) = tokio::sync::watch::channel(false);
        let until = || {
            let mut ended = ended.clone();
            async move { drop(ended.wait_for(|ended| *ended).await) }
        };
        let operator = operator.map(|listener| {
            tokio::spawn(ovn_site::serve_operator(site.clone(), listener, until()))
        });
        let newsroom = newsroom.map(|(_, plane, listener)| {
            tokio::spawn(ovn_site::serve_newsroom(plane, listener, until()))
        });
        notify("READY=1");
        let done = match tls {
            Some(tls) => ovn_site::serve_tls(site, readers, tls, stop()).await,
            None => ovn_site::serve(site, readers, stop()).await,
        };
        end.send_replace(true);
        for other in [operator, newsroom].into_iter().flatten() {
            other.await.map_err(|error| error.to_string())?.map_err(said)?;
        }
        done.map_err(said)
    })
}

/// The newsroom's people, its plane, its socket.
type Open = (People, ovn_site::Plane, tokio::net::TcpListener);

/// Has changed settings taken up while the program runs: at once those from the newsroom, within a second those that somebody
/// writes into the file.
fn live(dir: &Path, env: &Env, site: &Site, people: Option<&People>) {
    if let Some(people) = people {
        let site = site.clone();
        people.on_settings(Box::new(move |settings| site.hold(settings)));
    }
    crate::newsroom::follow(dir, Arc::clone(env), site.clone(), people.cloned());
}

/// The newsroom with its socket. Where none was asked for, readers are served without one, and why is said.
fn newsroom(
    dir: &Path,
    env: &Env,
    settings: &Settings,
    socket: Result<TcpListener, String>,
) -> Result<Option<Open>, String> {
    let opened = socket.and_then(|socket| {
        let (people, plane) = crate::newsroom::open(dir, Arc::clone(env), &socket)?;
        Ok((people, plane, into_tokio(socket).map_err(|error| error.to_string())?))
    });
    match opened {
        Ok(all) => Ok(Some(all)),
        Err(why) if why.is_empty() => Ok(None),
        Err(why) if matches!(settings.newsroom(), Newsroom::Default(_)) => {
            eprintln!("There is no newsroom: {why}");
            Ok(None)
        }
        Err(why) => Err(why),
    }
}

fn into_tokio(listener: TcpListener) -> std::io::Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

/// Ends when the process is asked to stop, by Ctrl-C or by its supervisor.
async fn stop() {
    let mut term = match signal(SignalKind::terminate()) {
        Ok(term) => term,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
    notify("STOPPING=1");
}
