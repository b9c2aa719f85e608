//! `ovn serve` and `ovn demo`: the public site, until a signal asks it to stop.

use super::{environment, files};
use crate::{
    args::{Demo, Serve},
    outcome::Outcome,
};
use ovn_press::demo;
use ovn_site::Site;
use ovn_store::Settings;
use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
};

/// The demonstration's files, inside the program.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../demo"]
struct Content;

pub(super) fn serve(arguments: &Serve) -> Outcome {
    let settings = match Settings::read(&arguments.dir, &environment) {
        Ok(settings) => settings,
        Err(error) => return Outcome::unknown(error),
    };
    let port = arguments.port.unwrap_or(settings.port);
    match listen(&settings.bind, port)
        .and_then(|listener| run(&arguments.dir, listener, &environment))
    {
        Ok(()) => Outcome::good(""),
        Err(why) => Outcome::unknown(why),
    }
}

pub(super) fn demo(arguments: &Demo) -> Outcome {
    match try_demo(arguments) {
        Ok(()) => Outcome::good(""),
        Err(why) => Outcome::unknown(why),
    }
}

fn try_demo(arguments: &Demo) -> Result<(), String> {
    // The port comes first: the edition's pages name the address they are served at.
    let listener = listen("127.0.0.1", arguments.port)?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
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
    let own = |name: &str| environment(name).filter(|_| name != "OVN_DATABASE");
    run(&dir, listener, &own)
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

fn listen(bind: &str, port: u16) -> Result<TcpListener, String> {
    TcpListener::bind((bind, port)).map_err(|error| {
        format!("{bind}:{port} can't be listened on: {error}; choose another with --port, or 0 for a free one")
    })
}

fn run(
    dir: &Path,
    listener: TcpListener,
    env: &dyn Fn(&str) -> Option<String>,
) -> Result<(), String> {
    let site: Site = files::open(dir, env)?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("http://{address}");
    eprintln!("Serving {} at http://{address}; Ctrl-C stops.", dir.display());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        listener.set_nonblocking(true).map_err(|error| error.to_string())?;
        let listener =
            tokio::net::TcpListener::from_std(listener).map_err(|error| error.to_string())?;
        ovn_site::serve(site, listener, stop()).await.map_err(|error| error.to_string())
    })
}

/// Ends when the process is asked to stop, by Ctrl-C or by its supervisor.
async fn stop() {
    let mut term = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(term) => term,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}
