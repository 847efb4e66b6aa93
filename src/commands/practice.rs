//! `switchboard sandbox`: the practice account alone.

use crate::{
    cli::Practice,
    commands::{Exit, Failed, print},
    sandbox::{self, Faults, Options},
};

/// The options that the command line asks for.
pub(crate) fn options(port: u16, practice: &Practice) -> Options {
    let mut faults = Faults::default();
    for fault in &practice.faults {
        faults.merge(*fault);
    }
    let Practice { max_page_size, channels, users, .. } = *practice;
    Options { port, faults, max_page_size, channels, users }
}

/// Serves until interrupted.
pub(crate) fn serve(port: u16, practice: &Practice) -> Result<Exit, Failed> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let started = sandbox::start(options(port, practice)).await;
        let sandbox = started.map_err(|error| {
            let why = std::error::Error::source(&error).map(|why| format!(": {why}"));
            Failed::new(Exit::Failure, format!("{error}{}", why.unwrap_or_default()))
        })?;
        print(&format!(
            "listening on {}\nexport TWILIO_ACCOUNT_SID={}\nexport TWILIO_AUTH_TOKEN={}\n",
            sandbox.url(),
            sandbox.account_sid(),
            sandbox.auth_token()
        ))?;
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = sandbox.stopped() => {}
        }
        sandbox.stop().await;
        Ok(Exit::Ok)
    })
}
