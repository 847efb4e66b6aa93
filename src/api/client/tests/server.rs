//! A server that follows a script: one connection a reply, then nobody is there any more. Or one that makes its replies
//! up, as long as it is wanted.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What the server does with one request.
pub(super) enum Reply {
    /// Sends these bytes and closes.
    Bytes(String),
    /// Sends the first of these and, once it has seen another request, the second.
    InParts(String, String),
    /// Says nothing until the client has gone.
    Silence,
}

impl Reply {
    pub(super) fn json(status: u16, body: &str) -> Self {
        Self::with(status, "Content-Type: application/json", body)
    }

    pub(super) fn html(status: u16, body: &str) -> Self {
        Self::with(status, "Content-Type: text/html", body)
    }

    /// A whole answer with these header lines.
    pub(super) fn with(status: u16, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::Bytes(format!(
            "HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n\r\n{body}"
        ))
    }

    /// A page of JSON whose rest comes when it was gone on from.
    pub(super) fn in_parts(begin: &str, rest: &str) -> Self {
        let length = begin.len() + rest.len();
        let headers =
            format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        Self::InParts(headers + begin, rest.to_owned())
    }

    /// A page of JSON of which so much comes.
    pub(super) fn cut_after(body: &str, length: usize) -> Self {
        let (head, body_length) = ("HTTP/1.1 200 OK\r\nConnection: close\r\n", body.len());
        let body = &body[..length.min(body_length)];
        Self::Bytes(format!("{head}Content-Length: {body_length}\r\n\r\n{body}"))
    }

    /// Closes without a word.
    pub(super) fn dropped() -> Self {
        Self::Bytes(String::new())
    }

    /// An answer that promises more than comes.
    pub(super) fn cut() -> Self {
        Self::Bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sid\":".to_owned())
    }
}

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    /// Method and target.
    pub(super) line: String,
    /// Header lines, names in lower case.
    pub(super) headers: Vec<String>,
    pub(super) body: String,
}

pub(super) struct Server {
    pub(super) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(super) fn following(script: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let book = Arc::clone(&seen);
        thread::spawn(move || {
            let mut held = None;
            for reply in script {
                let (stream, _) = listener.accept().unwrap();
                held = serve(stream, reply, &book, held.take());
            }
        });
        Self { address, seen }
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Replies to each request line by what is made of it, until it is dropped.
    pub(super) fn answering(mut reply: impl FnMut(&str) -> Reply + Send + 'static) -> Answering {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&is_over);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let book = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                answer(stream.unwrap(), &mut reply, &book);
            }
        });
        Answering { server: Self { address, seen }, is_over }
    }

    /// The request lines, the usual way to compare what was asked.
    pub(super) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }
}

/// A server that ends with this.
pub(super) struct Answering {
    server: Server,
    is_over: Arc<AtomicBool>,
}

impl std::ops::Deref for Answering {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // Wakes it, so that it sees that it is over.
        drop(TcpStream::connect(self.server.address));
    }
}

fn answer(mut stream: TcpStream, reply: &mut impl FnMut(&str) -> Reply, book: &Mutex<Vec<Seen>>) {
    let Ok(seen) = read(&mut BufReader::new(&stream)) else { return };
    let reply = reply(&seen.line);
    book.lock().unwrap().push(seen);
    let Reply::Bytes(bytes) = reply else { unreachable!("only whole replies are made up") };
    // Who asked may have gone.
    drop(stream.write_all(bytes.as_bytes()));
}

/// What is still to be sent, and on which connection.
type Held = Option<(TcpStream, String)>;

fn read(reader: &mut impl BufRead) -> std::io::Result<Seen> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body)?;
    let line = head.remove(0).trim_end_matches(" HTTP/1.1").to_owned();
    Ok(Seen { line, headers: head, body: String::from_utf8(body).unwrap() })
}

fn serve(mut stream: TcpStream, reply: Reply, book: &Mutex<Vec<Seen>>, waiting: Held) -> Held {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let seen = read(&mut reader).unwrap();
    book.lock().unwrap().push(seen);
    if let Some((mut before, rest)) = waiting {
        before.write_all(rest.as_bytes()).unwrap();
    }
    match reply {
        Reply::Bytes(bytes) => stream.write_all(bytes.as_bytes()).unwrap(),
        Reply::InParts(begin, rest) => {
            stream.write_all(begin.as_bytes()).unwrap();
            return Some((stream, rest));
        }
        // Ends when the client closes, however it does.
        Reply::Silence => drop(reader.read(&mut [0])),
    }
    None
}
