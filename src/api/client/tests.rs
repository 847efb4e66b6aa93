mod ahead;
mod failures;
mod paging;
mod requests;
mod server;
mod streams;
mod witness;
mod writes;

use std::sync::Mutex;

use secrecy::SecretString;

use super::*;
use crate::api::sid::{Kind, Sid};
use crate::api::{Channel, Service, User};
use server::{Reply, Server};

const SECRET: &str = "a-secret-token";

/// The sid of kind `K` that ends in this number.
fn numbered<K: Kind>(number: u8) -> Sid<K> {
    let mut bytes = [0; 16];
    bytes[15] = number;
    Sid::from_bytes(bytes)
}

fn home() -> Sid<Service> {
    numbered(1)
}

fn room() -> Sid<Channel> {
    numbered(2)
}

fn mia() -> Sid<User> {
    numbered(3)
}

fn config(server: &Server) -> ClientConfig {
    ClientConfig {
        credentials: Credentials::auth_token(numbered(0), SecretString::from(SECRET)),
        hosts: Hosts::base_url(&format!("http://{}", server.address)).unwrap(),
        access: Access::ReadWrite,
        page_size: 1000,
        timeout: Duration::from_secs(5),
        observer: None,
    }
}

/// Tries as often as usual, without the waits, and takes every server for a far one.
fn hurried(config: ClientConfig) -> Client {
    let retry = Limits { base: Duration::from_millis(1), ..Limits::PATIENT };
    Client::tuned(config, Tuning { retry, body: 4096, near: Duration::ZERO }).unwrap()
}

fn client(server: &Server) -> Client {
    hurried(config(server))
}

/// A client that tells what happens, and what it has told.
fn observed(server: &Server) -> (Client, Arc<Mutex<Vec<Traffic>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let book = Arc::clone(&told);
    let observer: Observer = Arc::new(move |traffic| book.lock().unwrap().push(traffic));
    (hurried(ClientConfig { observer: Some(observer), ..config(server) }), told)
}

fn service_json() -> String {
    format!(r#"{{"sid": "{}", "friendly_name": "Harbour"}}"#, home())
}

fn channel_json() -> String {
    format!(r#"{{"sid": "{}", "friendly_name": "Berth 7"}}"#, room())
}

fn error_json(code: u32) -> String {
    format!(r#"{{"code": {code}, "message": "no", "status": 400}}"#)
}
