//! Files over real sockets: who may send one, how long it may be, and what is left of one that stops.

use super::house::{Browser, House};
use ovn_site::newsroom::serve_newsroom;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What is answered to a head, before any of its body is sent.
async fn head(address: std::net::SocketAddr, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut out = vec![0; 4096];
    let read = stream.read(&mut out);
    let read = tokio::time::timeout(std::time::Duration::from_secs(20), read).await;
    let length = read.map_or(0, |read| read.unwrap_or(0));
    String::from_utf8_lossy(&out[..length]).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn case_029_files_are_read_from_whoever_is_signed_in_alone() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(super::house::TEXT);
    let cookies = |browser: &Browser<'_>| {
        let all = browser.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        all.collect::<Vec<_>>().join("; ")
    };
    let known = cookies(&amina);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let plane = house.plane.clone();
    let over = async move { drop(stopped.await) };
    let server = tokio::spawn(serve_newsroom(plane, listener, over));
    let ask = |method: &str, path: &str, cookies: &str, length: usize| {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost:8081\r\norigin: http://localhost:8081\r\ncookie: {cookies}\r\n\
             content-type: application/octet-stream\r\ncontent-length: {length}\r\n\r\n"
        )
    };
    let pictures = format!("{draft}/pictures");
    let stranger = format!("ovn-session={}", "0".repeat(64));
    let check = async |method: &str, path: &str, cookies: &str, length: usize, status: &str| {
        let said = head(address, &ask(method, path, cookies, length), b"").await;
        assert!(
            said.starts_with(&format!("HTTP/1.1 {status}")),
            "{method} {path} {length}: {said}"
        );
    };
    // Refused by the head, before anything of the body is there.
    check("PUT", &pictures, "", 1000, "403").await;
    check("PUT", &pictures, &stranger, 20 << 20, "403").await;
    check("POST", &pictures, "", 20 << 20, "403").await;
    check("PUT", &pictures, &known, 30 << 20, "413").await;
    check("POST", &pictures, &known, 30 << 20, "413").await;
    check("PUT", &format!("{draft}/document"), &known, 20 << 20, "413").await;
    check("POST", &draft, &known, 20 << 20, "413").await;
    // One that stops on its way leaves nothing, and is in nobody's way.
    let mut cut = TcpStream::connect(address).await.unwrap();
    cut.write_all(ask("PUT", &pictures, &known, 20 << 20).as_bytes()).await.unwrap();
    cut.write_all(&[0xff; 100_000]).await.unwrap();
    drop(cut);
    // More of them than there is room for, and a page that somebody else asks for comes at once.
    let mut stopped = Vec::new();
    for _ in 0..10 {
        let mut one = TcpStream::connect(address).await.unwrap();
        one.write_all(ask("PUT", &pictures, &known, 25 << 20).as_bytes()).await.unwrap();
        stopped.push(one);
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let page = format!("GET / HTTP/1.1\r\nhost: localhost:8081\r\ncookie: {known}\r\n\r\n");
    let said = head(address, &page, b"").await;
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    drop(stopped);
    let whole = super::pictures::photograph(64, 64);
    let token = format!("x-form-token: {}\r\ncontent-type", amina.token);
    let good = ask("PUT", &pictures, &known, whole.len()).replacen("content-type", &token, 1);
    let said = head(address, &good, &whole).await;
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    // The picture and its renditions; nothing of those that stopped.
    let mut kept: Vec<String> = std::fs::read_dir(house.dir.join("cabinet"))
        .unwrap()
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    kept.sort();
    let [picture, renditions] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(picture.split_once('.').unwrap(), (&renditions[..64], "jpg"), "{kept:?}");
    drop(stop);
    server.await.unwrap().unwrap();
}
