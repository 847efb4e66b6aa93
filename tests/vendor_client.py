#!/usr/bin/env python3
"""The vendor's own Python client against the practice server, step by step.

    python3 tests/vendor_client.py

needs Python 3 and cargo, and nothing set up before: it makes a virtual environment below `target/`, installs the
package `twilio` there, builds the program, starts `switchboard sandbox` on a free port and talks to that server only.
Every step is an assertion and prints one line; the exit code is 0 if all of them held.

    --binary PATH   use this program and build nothing
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import queue
import subprocess
import sys
import threading
import time
import urllib.parse
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
INSIDE = "SWITCHBOARD_VENDOR_CLIENT"
# The whole run, without the build and the installation; a healthy one takes a few seconds.
TIME_LIMIT = 120
REQUEST_LIMIT = 15
VENDOR_HOSTS = ("chat.twilio.com", "flex-api.twilio.com")


# --- What has to be there before the client can be imported ---


def prepared_python():
    """The interpreter of an environment that has the client, made if it is not there yet."""
    place = ROOT / "target" / "vendor-client"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = [str(python), "-c", "import twilio"]
    if not python.exists() or subprocess.run(asked, stderr=subprocess.DEVNULL).returncode != 0:
        venv.create(place, with_pip=True, clear=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "twilio"]
        subprocess.run(pip, check=True, timeout=600)
    return str(python)


def built_program():
    """The program, built as it is now. Cargo tells where it put it."""
    cargo = [os.environ.get("CARGO", "cargo"), "build", "--quiet", "--bin", "switchboard"]
    subprocess.run(cargo, check=True, cwd=ROOT)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return str(target / "debug" / ("switchboard.exe" if os.name == "nt" else "switchboard"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", help="use this program and build nothing")
    binary = parser.parse_args().binary or built_program()
    if os.environ.get(INSIDE):
        sys.exit(run(binary))
    # A proxy or an account in the environment is none of this run's business, but the installation may need the first.
    python = prepared_python()
    env = {key: value for key, value in os.environ.items() if not key.startswith("TWILIO_")}
    env[INSIDE] = "1"
    sys.exit(subprocess.run([python, __file__, "--binary", binary], env=env).returncode)


# --- The server ---


class Server:
    """A practice server of its own process, on a port of its own."""

    def __init__(self, binary, *options):
        command = [binary, "sandbox", "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        lines = queue.Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()
        told = {}
        try:
            while len(told) < 3:
                line = lines.get(timeout=REQUEST_LIMIT)
                name, _, value = line.replace("listening on ", "export url=").partition("=")
                told[name] = value
        except queue.Empty:
            self.__exit__()
            raise SystemExit("the server did not start") from None
        self.url = told["export url"]
        self.account = told["export TWILIO_ACCOUNT_SID"]
        self.token = told["export TWILIO_AUTH_TOKEN"]

    def _read(self, lines):
        for line in self.process.stdout:
            lines.put(line.strip())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=5)


# --- Steps ---


class Steps:
    """Counts what held and what did not, one line each."""

    def __init__(self):
        self.done = 0
        self.failed = 0
        # The last answer to any client.
        self.last = None

    def same(self, what, found, expected):
        self.holds(what, found == expected, f"{found!r} is not {expected!r}")

    def holds(self, what, holds, why=""):
        self.done += 1
        if holds:
            print(f"ok {self.done} {what}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED {self.done} {what}: {why}", flush=True)

    def refused(self, what, status, code, call):
        """That a call is refused with this status and this code, and in which words it says so."""
        from twilio.base.exceptions import TwilioException, TwilioRestException

        line = f"{what} is refused: {status}, {code}"
        try:
            answer = call()
        except TwilioRestException as refusal:
            self.same(line, (refusal.status, refusal.code, bool(refusal.msg)), (status, code, True))
        except TwilioException:
            # Of a refused page the client tells less than the answer did.
            body = json.loads(self.last.text)
            self.same(line, (self.last.status_code, body["code"], bool(body["message"])), (status, code, True))
        else:
            self.holds(line, False, f"it was answered: {answer!r}")

    def chapter(self, name, play, *args):
        """One subject. What breaks off in it is a failure; the next one is begun all the same."""
        print(f"# {name}", flush=True)
        try:
            play(self, *args)
        except Exception as error:  # Whatever the client makes of a wrong answer.
            self.holds(name, False, f"it broke off: {type(error).__name__}: {error}")


def loopback_client(step, server, token=None):
    """The vendor's client, whose requests for the vendor's hosts go to the server."""
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    class Loopback(TwilioHttpClient):
        def __init__(self):
            super().__init__(timeout=REQUEST_LIMIT)
            # No proxy and no password file of this machine.
            self.session.trust_env = False
            self.sent = 0

        def request(self, method, url, *args, **kwargs):
            parts = urllib.parse.urlsplit(url)
            if parts.hostname in VENDOR_HOSTS:
                url = server.url + url.split(parts.netloc, 1)[1]
            if not url.startswith(server.url + "/"):
                raise AssertionError(f"a request for {url} would leave this machine")
            self.sent += 1
            step.last = super().request(method, url, *args, **kwargs)
            return step.last

    return Client(server.account, token or server.token, http_client=Loopback())


def pages(first):
    """All pages from this one on, by the addresses that the answers name."""
    while first is not None:
        yield first
        first = first.next_page() if first.next_page_url else None


def quoted(name):
    """A name as one segment of a path. The client puts names into paths as they are."""
    return urllib.parse.quote(name, safe="")


BOTH = ["public", "private"]


def services(step, client):
    every = client.chat.v2.services.list()
    step.same("three services are listed", len(every), 3)
    paged = [len(list(page)) for page in pages(client.chat.v2.services.page(page_size=1))]
    step.same("on three pages of one", paged, [1, 1, 1])
    first = every[0]
    fetched = client.chat.v2.services(first.sid).fetch()
    step.same("a service is fetched by its sid", fetched.friendly_name, first.friendly_name)
    step.same("its links", sorted(fetched.links), ["bindings", "channels", "roles", "users"])
    step.holds("its limits are numbers", fetched.limits["channel_members"] > 0 and fetched.limits["user_channels"] > 0)
    step.holds("its dates are dates", isinstance(fetched.date_created, datetime.datetime))
    step.holds("its flags are flags", fetched.reachability_enabled is True)
    made = client.chat.v2.services.create(friendly_name="Harbour")
    step.same("a service is created", (made.friendly_name, made.read_status_enabled), ("Harbour", True))
    updated = client.chat.v2.services(made.sid).update(limits_user_channels=7, reachability_enabled=True)
    step.same("and updated", (updated.limits["user_channels"], updated.reachability_enabled), (7, True))
    step.same("it has roles and nothing else", len(client.chat.v2.services(made.sid).roles.list()), 4)
    step.same("no channels", client.chat.v2.services(made.sid).channels.list(type=BOTH), [])
    step.same("and no bindings", client.chat.v2.services(made.sid).bindings.list(), [])
    step.holds("and it is deleted", client.chat.v2.services(made.sid).delete())
    step.refused("a deleted service", 404, 20404, client.chat.v2.services(made.sid).fetch)
    step.refused("a service that is not there", 404, 20404, client.chat.v2.services("IS" + "0" * 32).fetch)


def listings(step, client, service):
    both = service.channels.list(type=BOTH)
    sids = [channel.sid for channel in both]
    step.holds("all channels are listed, each once", len(sids) == len(set(sids)) and len(sids) > 100)
    walked = list(pages(service.channels.page(type=BOTH, page_size=20)))
    step.holds("they come on several pages", len(walked) == -(-len(sids) // 20), len(walked))
    again = service.channels.get_page(walked[0].next_page_url)
    step.same("a page is read again by its address", len(list(again)), 20)
    public, private = (service.channels.list(type=[kind]) for kind in BOTH)
    step.same("of type public only", {channel.type for channel in public}, {"public"})
    step.same("of type private only", {channel.type for channel in private}, {"private"})
    step.same("which together are all", len(public) + len(private), len(sids))
    step.same("without a type the public ones are listed", len(service.channels.list()), len(public))
    step.same("a limit is kept", len(service.channels.list(type=BOTH, limit=7)), 7)
    step.same("a limit over several pages too", len(service.channels.list(type=BOTH, limit=33, page_size=10)), 33)
    step.same("a page of 1000 is taken", len(list(service.channels.page(type=BOTH, page_size=1000))), len(sids))
    step.refused("a type of tomorrow", 400, 20422, lambda: service.channels.list(type=["secret"]))
    stale = service.channels.page(type=BOTH, page_size=20)
    made = service.channels.create(friendly_name="changes the list")
    step.refused("a page of a changed list", 400, 21481, stale.next_page)
    step.same("and the list, begun anew, is whole", len(service.channels.list(type=BOTH)), len(sids) + 1)
    step.holds("the channel more is deleted", service.channels(made.sid).delete())


def channels(step, client, service):
    nasty = "berth 7 / #2? 50% + 受付"
    attributes = '{ "b": 18446744073709551616,\n "a": 1.50, "a": "é+%&" }'
    began = datetime.datetime(2020, 2, 29, 1, 2, 3, tzinfo=datetime.timezone.utc)
    made = service.channels.create(
        friendly_name="Berth 7 & more = 日本",
        unique_name=nasty,
        attributes=attributes,
        type="private",
        date_created=began,
        created_by="ana.weiss",
        x_twilio_webhook_enabled="true",
    )
    step.same("a channel is created", made.friendly_name, "Berth 7 & more = 日本")
    step.same("its attributes are the text that was sent", made.attributes, attributes)
    step.same("its type", made.type, "private")
    step.same("its date", made.date_created, began)
    step.same("its counts", (made.members_count, made.messages_count), (0, 0))
    wanted = ["invites", "last_message", "members", "messages", "webhooks"]
    step.same("its links", sorted(made.links), wanted)
    step.same("it is fetched by its sid", service.channels(made.sid).fetch().unique_name, nasty)
    step.same("it is fetched by its unique name", service.channels(quoted(nasty)).fetch().sid, made.sid)
    plain = service.channels("returns desk north").fetch()
    step.same("spaces need no quoting", plain.unique_name, "returns desk north")
    updated = service.channels(made.sid).update(friendly_name="a b+c", attributes="[1,  2]")
    step.same("an update changes what it names", (updated.friendly_name, updated.attributes), ("a b+c", "[1,  2]"))
    step.same("and nothing else", (updated.unique_name, updated.created_by), (nasty, "ana.weiss"))
    step.holds("and the date", updated.date_updated > began)
    renamed = service.channels(quoted(nasty)).update(unique_name="berth-7")
    step.same("a unique name is changed by the unique name", renamed.unique_name, "berth-7")
    gone = service.channels(quoted(nasty)).fetch
    step.refused("the old unique name", 404, 20404, gone)
    cleared = service.channels(made.sid).update(friendly_name="")
    step.same("an empty name is no name", cleared.friendly_name, None)
    mine = service.channels(made.sid)
    step.refused("a unique name of another", 409, 50307, lambda: mine.update(unique_name="all-hands"))
    step.refused("a second of that name", 409, 50307, lambda: service.channels.create(unique_name="berth-7"))
    step.refused("a unique name like a sid", 400, 50306, lambda: mine.update(unique_name="CH" + "0" * 32))
    step.refused("attributes that are no JSON", 400, 50304, lambda: mine.update(attributes='{"a":1,}'))
    step.refused("attributes that are too long", 400, 50303, lambda: mine.update(attributes=f'"{"x" * 16384}"'))
    step.refused("a name that is too long", 400, 50003, lambda: mine.update(friendly_name="x" * 257))
    step.refused("a unique name that is too long", 400, 50004, lambda: mine.update(unique_name="x" * 257))
    step.refused("an author that is too long", 400, 50310, lambda: mine.update(created_by="x" * 257))
    step.refused("a date that is none", 400, 50308, lambda: mine.update(date_created="soon"))
    step.refused("another date that is none", 400, 50309, lambda: mine.update(date_updated="soon"))
    step.refused("an update of nothing", 400, 50347, mine.update)
    step.refused("a type of tomorrow", 400, 20422, lambda: service.channels.create(type="secret"))
    step.holds("the channel is deleted", mine.delete())
    step.refused("a deleted channel", 404, 20404, mine.fetch)
    step.refused("a second delete", 404, 20404, mine.delete)
    reused = service.channels.create(unique_name="berth-7")
    step.holds("its unique name is free again", reused.sid != made.sid and service.channels("berth-7").delete())


def users(step, client, service):
    step.same("users come on several pages", len(list(pages(service.users.page(page_size=40)))), 3)
    step.same("and nobody is told to be online in a list", {user.is_online for user in service.users.list()}, {None})
    step.same("but alone they are", service.users("ana.weiss").fetch().is_online, True)
    made = service.users.create(identity="mia+1@harbour.example", friendly_name="Mia", attributes='{"a": 1}')
    step.same("a user is created", (made.identity, made.attributes), ("mia+1@harbour.example", '{"a": 1}'))
    step.same("and fetched by sid", service.users(made.sid).fetch().identity, made.identity)
    step.same("and by identity", service.users("mia+1@harbour.example").fetch().sid, made.sid)
    step.same("in no channel", made.joined_channels_count, 0)
    updated = service.users(made.sid).update(friendly_name="Mia M.")
    step.same("and updated", (updated.friendly_name, updated.attributes), ("Mia M.", '{"a": 1}'))
    step.refused("an identity twice", 409, 50201, lambda: service.users.create(identity="mia+1@harbour.example"))
    step.refused("an identity like a sid", 400, 50206, lambda: service.users.create(identity="US" + "0" * 32))
    step.refused("no identity", 400, 50204, lambda: service.users.create(identity=""))
    step.refused("a role of nowhere", 400, 50100, lambda: service.users(made.sid).update(role_sid="RL" + "0" * 32))
    step.refused("an update of nothing", 400, 20161, service.users(made.sid).update)
    step.holds("and deleted", service.users(made.sid).delete())
    step.refused("a deleted user", 404, 20404, service.users("mia+1@harbour.example").fetch)


def memberships(step, client, service):
    ana = service.users("ana.weiss")
    every = ana.user_channels.list()
    walked = [len(list(page)) for page in pages(ana.user_channels.page(page_size=20))]
    step.holds("a user's channels come on several pages", sum(walked) == len(every) > 40 and len(walked) > 2)
    seat = ana.user_channels("all-hands")
    before = seat.fetch()
    step.same("a membership is fetched by names", before.status, "joined")
    by_sids = service.users(before.user_sid).user_channels(before.channel_sid).fetch()
    step.same("and by sids", by_sids.member_sid, before.member_sid)
    step.same("its links", sorted(before.links), ["channel", "member"])
    step.same("it is muted", seat.update(notification_level="muted").notification_level, "muted")
    step.same("and stays so", seat.fetch().notification_level, "muted")
    step.same("it is unmuted", seat.update(notification_level="default").notification_level, "default")
    total = service.channels("all-hands").fetch().messages_count
    read = seat.update(last_consumed_message_index=10)
    counted = (read.last_consumed_message_index, read.unread_messages_count)
    step.same("what is read is counted", counted, (10, total - 11))
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    seat.update(last_consumption_timestamp=moment)
    member = service.channels("all-hands").members("ana.weiss").fetch()
    step.same("the moment of reading is the member's", member.last_consumption_timestamp, moment)
    step.refused("a level of tomorrow", 400, 50210, lambda: seat.update(notification_level="loud"))
    step.refused("reading what was not said", 400, 50406, lambda: seat.update(last_consumed_message_index=total))
    step.refused("a moment that is none", 400, 50405, lambda: seat.update(last_consumption_timestamp="now"))
    step.refused("an update of nothing", 400, 20161, seat.update)
    members = service.channels("all-hands").fetch().members_count
    step.holds("a user is taken off a channel", seat.delete())
    step.same("which has a member less", service.channels("all-hands").fetch().members_count, members - 1)
    step.refused("and is not on the list", 404, 20404, seat.fetch)
    service.channels("all-hands").members.create(identity="ana.weiss")


def members(step, client, service):
    room = service.channels.create(unique_name="quay")
    channel = service.channels("quay")
    joined = service.users("ana.weiss").fetch().joined_channels_count
    made = channel.members.create(identity="ana.weiss", attributes='{"seat": 1}')
    said = (made.identity, made.attributes, made.channel_sid)
    step.same("a member is added", said, ("ana.weiss", '{"seat": 1}', room.sid))
    channel.members.create(identity="somebody/new")
    step.same("members are counted", channel.fetch().members_count, 2)
    step.same("and so are channels", service.users("ana.weiss").fetch().joined_channels_count, joined + 1)
    step.same("who comes is a user", service.users(quoted("somebody/new")).fetch().joined_channels_count, 1)
    named = channel.members.list(identity=["somebody/new"])
    step.same("members are found by identity", [member.identity for member in named], ["somebody/new"])
    step.same("a member is fetched by identity", channel.members("ana.weiss").fetch().sid, made.sid)
    step.same("and by sid", channel.members(made.sid).fetch().identity, "ana.weiss")
    step.same("and updated", channel.members(made.sid).update(attributes="[]").attributes, "[]")
    step.same("on several pages", len(list(pages(channel.members.page(page_size=1)))), 2)
    step.refused("a member twice", 409, 50404, lambda: channel.members.create(identity="ana.weiss"))
    step.refused("a member of no name", 400, 50204, lambda: channel.members.create(identity=""))
    step.holds("a member is removed", channel.members(quoted("somebody/new")).delete())
    step.same("and counted no more", channel.fetch().members_count, 1)
    messages(step, channel)
    invites(step, service, channel)
    step.holds("the channel is deleted with all that", channel.delete())
    step.same("and counts for nobody", service.users("ana.weiss").fetch().joined_channels_count, joined)
    below = service.channels(room.sid)
    step.refused("nothing below it is left", 404, 20404, below.members(made.sid).fetch)


def messages(step, channel):
    first = channel.messages.create(body="Berth 7 is free\n日本 + 50%", from_="ana.weiss", attributes='{"n": 1}')
    # The client keeps the author to itself.
    said = (first.body, first._from, first.index)
    step.same("a message is sent", said, ("Berth 7 is free\n日本 + 50%", "ana.weiss", 0))
    step.same("of type text, not edited", (first.type, first.was_edited, first.media), ("text", False, None))
    for number in range(1, 5):
        channel.messages.create(body=f"number {number}")
    step.same("messages are counted", channel.fetch().messages_count, 5)
    step.same("and listed in order", [message.index for message in channel.messages.list()], [0, 1, 2, 3, 4])
    backwards = channel.messages.list(order="desc", page_size=2)
    step.same("or backwards, page by page", [message.index for message in backwards], [4, 3, 2, 1, 0])
    edited = channel.messages(first.sid).update(body="Berth 8", last_updated_by="ana.weiss")
    said = (edited.body, edited.was_edited, edited.last_updated_by)
    step.same("a message is edited", said, ("Berth 8", True, "ana.weiss"))
    step.same("the last one is linked", channel.fetch().links["last_message"], backwards[0].url)
    step.refused("a body that is too long", 400, 50504, lambda: channel.messages.create(body="x" * 32769))
    step.holds("a message is deleted", channel.messages(first.sid).delete())
    step.refused("and gone", 404, 20404, channel.messages(first.sid).fetch)
    step.same("and counted no more", channel.fetch().messages_count, 4)


def invites(step, service, channel):
    made = channel.invites.create(identity="lonely.newcomer")
    step.same("somebody is invited", (made.identity, made.created_by), ("lonely.newcomer", "system"))
    seats = service.users("lonely.newcomer").user_channels
    step.same("and told so", [seat.status for seat in seats.list()], ["invited"])
    step.same("an invite is fetched", channel.invites(made.sid).fetch().sid, made.sid)
    step.same("and found by identity", len(channel.invites.list(identity=["lonely.newcomer"])), 1)
    step.refused("an invite twice", 409, 50212, lambda: channel.invites.create(identity="lonely.newcomer"))
    step.refused("an invite of a member", 409, 50404, lambda: channel.invites.create(identity="ana.weiss"))
    step.holds("an invite is taken back", channel.invites(made.sid).delete())
    step.same("and off the list", seats.list(), [])


def roles(step, client, service):
    every = service.roles.list()
    step.same("roles are of both types", {role.type for role in every}, {"channel", "deployment"})
    allowed = ["sendMessage", "leaveChannel"]
    made = service.roles.create(friendly_name="harbour master", type="channel", permission=allowed)
    step.same("a role is created", made.permissions, allowed)
    step.same("and fetched", service.roles(made.sid).fetch().friendly_name, "harbour master")
    updated = service.roles(made.sid).update(permission=["sendMessage"])
    step.same("an update replaces the whole set", updated.permissions, ["sendMessage"])
    wrong = lambda: service.roles.create(friendly_name="x", type="galaxy", permission=["sendMessage"])
    step.refused("a type of tomorrow", 400, 50105, wrong)
    step.holds("a role is deleted", service.roles(made.sid).delete())
    step.refused("and gone", 404, 20404, service.roles(made.sid).fetch)


def webhooks(step, client, service):
    hooks = service.channels("all-hands").webhooks
    found = hooks.list()
    step.holds("webhooks are listed", found and all(hook.configuration for hook in found))
    step.same("and fetched", service.channels("all-hands").webhooks(found[0].sid).fetch().type, found[0].type)
    place = "https://hooks.example.com/quay"
    made = hooks.create(type="webhook", configuration_url=place, configuration_filters=["onMessageSent"])
    step.same("a webhook is created", made.configuration["filters"], ["onMessageSent"])
    mine = service.channels("all-hands").webhooks(made.sid)
    changed = mine.update(configuration_method="GET").configuration
    step.same("and updated in part", (changed["method"], changed["url"]), ("GET", place))
    step.holds("and deleted", mine.delete())
    step.refused("more than five on a page", 400, 20007, lambda: list(hooks.page(page_size=6)))


def migration(step, client, service):
    room = service.channels.create(unique_name="to migrate", type="public")
    migrate = client.chat.v3.channels(room.service_sid, room.sid).update
    step.refused("the way back", 400, 50393, lambda: migrate(type="public"))
    foreign = lambda: migrate(type="private", messaging_service_sid="MG" + "0" * 32)
    step.refused("a messaging service of somebody else", 400, 50342, foreign)
    malformed = lambda: migrate(type="private", messaging_service_sid="x")
    step.refused("a messaging service that is none", 400, 50341, malformed)
    step.refused("no parameter at all", 400, 50347, migrate)
    moved = migrate(type="private", x_twilio_webhook_enabled="true")
    step.same("a channel is migrated", (moved.type, moved.sid, moved.unique_name), ("private", room.sid, "to migrate"))
    step.holds("its address is of version 3", "/v3/Services/" in moved.url)
    step.same("version 2 agrees", service.channels(room.sid).fetch().type, "private")
    step.refused("the way back, again", 400, 50393, lambda: migrate(type="public"))
    nowhere = client.chat.v3.channels(room.service_sid, "CH" + "0" * 32).update
    step.refused("a channel that is not there", 404, 20404, lambda: nowhere(type="private"))
    step.holds("the channel is deleted", service.channels(room.sid).delete())


def flex(step, client, service):
    flows = client.flex_api.v1.flex_flow.list()
    by_name = client.flex_api.v1.flex_flow.list(friendly_name=flows[0].friendly_name)
    step.same("a flow is found by its name", [flow.sid for flow in by_name], [flows[0].sid])
    studio = next(flow for flow in flows if flow.integration_type == "studio")
    tasks = next(flow for flow in flows if flow.integration_type == "task")
    step.same("a flow is fetched", client.flex_api.v1.flex_flow(studio.sid).fetch().channel_type, studio.channel_type)
    made = client.flex_api.v1.flex_flow.create(
        friendly_name="Harbour",
        chat_service_sid=studio.chat_service_sid,
        channel_type="web",
        integration_url="https://hooks.example.com/flex",
    )
    step.same("a flow is created", (made.integration_type, made.enabled), ("external", False))
    step.same("and updated", client.flex_api.v1.flex_flow(made.sid).update(enabled=True).enabled, True)
    step.holds("and deleted", client.flex_api.v1.flex_flow(made.sid).delete())
    before = len(client.flex_api.v1.channel.list())
    walked = list(pages(client.flex_api.v1.channel.page(page_size=5)))
    step.same("flex channels come on several pages", len(walked), -(-before // 5))

    def create(flow=studio, **more):
        given = dict(identity="visitor-1", chat_user_friendly_name="Visitor", chat_friendly_name="Where is my lamp?")
        return client.flex_api.v1.channel.create(flex_flow_sid=flow.sid, **{**given, **more})

    made = create(pre_engagement_data='{"page": "/lamps"}', long_lived=True)
    step.same("a flex channel is created without a task", (made.flex_flow_sid, made.task_sid), (studio.sid, None))
    step.same("and fetched", client.flex_api.v1.channel(made.sid).fetch().user_sid, made.user_sid)
    chat = client.chat.v2.services(studio.chat_service_sid).channels(made.sid).fetch()
    said = (chat.friendly_name, chat.type, chat.members_count)
    step.same("it is a chat channel", said, ("Where is my lamp?", "private", 1))
    tasked = create(tasks, identity="visitor-2", task_attributes='{"priority": 1}')
    step.holds("a flow that makes tasks made one", tasked.task_sid.startswith("WT"))
    step.refused("no friendly name", 400, 20422, lambda: create(chat_friendly_name=""))
    step.refused("a flow that is not there", 400, 20422, lambda: create(type("Flow", (), {"sid": "FO" + "0" * 32})))
    step.refused("a task for a flow of none", 400, 20422, lambda: create(task_sid="WT" + "0" * 32))
    step.refused("pre-engagement data that are no JSON", 400, 50304, lambda: create(pre_engagement_data="{"))
    step.refused("task attributes that are no JSON", 400, 50304, lambda: create(tasks, task_attributes="{"))
    step.refused("a unique name of another", 409, 50307, lambda: create(chat_unique_name="all-hands"))
    step.same("none of those left a trace", len(client.flex_api.v1.channel.list()), before + 2)
    for channel in (made, tasked):
        step.holds("a flex channel is deleted", client.flex_api.v1.channel(channel.sid).delete())
    step.refused("and gone", 404, 20404, client.flex_api.v1.channel(made.sid).fetch)


def strangers(step, server):
    client = loopback_client(step, server, token="wrong")
    step.refused("a wrong token", 401, 20003, client.chat.v2.services.list)
    step.refused("a wrong token for flex", 401, 20003, client.flex_api.v1.channel.list)
    wrong = client.chat.v2.services("IS" + "0" * 32).channels
    step.refused("a wrong token to write", 401, 20003, lambda: wrong.create(friendly_name="x"))


def newer_limits(step, server):
    client = loopback_client(step, server)
    service = client.chat.v2.services(client.chat.v2.services.list()[0].sid)
    step.refused("a page of 101", 400, 20007, lambda: list(service.channels.page(page_size=101)))
    step.same("a page of 100", len(list(service.channels.page(type=BOTH, page_size=100))), 100)
    ana = service.users("ana.weiss").user_channels
    step.refused("a page of 51 memberships", 400, 20007, lambda: list(ana.page(page_size=51)))
    step.same("a page of 50 memberships", len(list(ana.page(page_size=50))), 50)
    step.holds("flex keeps to 1000", list(client.flex_api.v1.channel.page(page_size=1000)))


def throttled(step, server):
    client = loopback_client(step, server)
    step.refused("a list of a busy server", 429, 20429, client.chat.v2.services.list)
    service = client.chat.v2.services("IS" + "0" * 32)
    step.refused("a write to a busy server", 429, 20429, lambda: service.channels.create(friendly_name="x"))


def lost_writes(step, server):
    from requests.exceptions import ConnectionError as Lost

    client = loopback_client(step, server)
    service = client.chat.v2.services(client.chat.v2.services.list()[0].sid)
    try:
        service.channels("all-hands").update(friendly_name="lost")
    except Lost:
        step.holds("a write is lost", True)
    else:
        step.holds("a write is lost", False, "it was answered")
    step.same("and was done", service.channels("all-hands").fetch().friendly_name, "lost")


def run(binary):
    step = Steps()
    began = time.monotonic()
    with contextlib.ExitStack() as servers:
        started = []

        def serve(*options):
            started.append(servers.enter_context(Server(binary, *options)))
            return started[-1]

        def give_up():
            print(f"FAILED: still not done after {TIME_LIMIT} seconds", flush=True)
            for each in started:
                each.process.kill()
            os._exit(1)

        watchdog = threading.Timer(TIME_LIMIT, give_up)
        watchdog.daemon = True
        watchdog.start()
        server = serve()
        client = loopback_client(step, server)
        service = client.chat.v2.services(client.chat.v2.services.list()[0].sid)
        step.chapter("services", services, client)
        for name, play in [
            ("lists of channels", listings),
            ("channels", channels),
            ("users", users),
            ("memberships", memberships),
            ("members, messages, invites", members),
            ("roles", roles),
            ("webhooks", webhooks),
            ("migration", migration),
            ("flex", flex),
        ]:
            step.chapter(name, play, client, service)
        step.chapter("strangers", strangers, server)
        step.chapter("a server of newer limits", newer_limits, serve("--max-page-size", "100"))
        step.chapter("a busy server", throttled, serve("--fault", "429=100%"))
        step.chapter("a server that loses writes", lost_writes, serve("--fault", "drop-writes=100%"))
        watchdog.cancel()
        sent = client.http_client.sent
    import twilio

    took = time.monotonic() - began
    print(f"# twilio {twilio.__version__}: {step.done} steps, {step.failed} failed, {sent} requests, {took:.1f} s")
    return 1 if step.failed else 0


if __name__ == "__main__":
    main()
