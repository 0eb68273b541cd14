"""`account`: who may sign in to a page that you run for others. Shows and changes nothing that anybody wrote, but deletes it with the account."""

import argparse
import getpass
import sys
from datetime import UTC, datetime

from coach.accounts import passwords
from coach.accounts.people import People, open_people
from coach.cli.report import Report
from coach.errors import UserError
from coach.schema.accounts import Account
from coach.settings import Settings
from coach.store.accounts import Accounts

ACTIONS = ("add", "list", "reset", "remove")


def run(options: argparse.Namespace, settings: Settings) -> Report:
    """One action; names and days only."""
    if options.action not in ACTIONS:
        raise UserError(f"account takes {', '.join(ACTIONS[:-1])} or {ACTIONS[-1]}.")
    if (options.name is None) != (options.action == "list"):
        raise UserError("account list takes no name." if options.name else f"account {options.action} takes a name.")
    if options.action != "add" and not settings.database and not settings.locations.accounts.exists():
        return _listed([]) if options.action == "list" else _nobody()
    people = open_people(settings, lambda: datetime.now(UTC))
    accounts = people.accounts
    try:
        if options.action == "list":
            return _listed(accounts.all())
        if options.action == "add":
            return _add(accounts, options)
        found = accounts.named(options.name)
        return _reset(accounts, found, options) if options.action == "reset" else _remove(people, found, options)
    finally:
        people.close()


def _add(accounts: Accounts, options: argparse.Namespace) -> Report:
    password, made_up = _password(options)
    account = accounts.add(options.name, passwords.Passwords().hash(password))
    return _said(f"{account.name} can sign in now.", account, password if made_up else None)


def _reset(accounts: Accounts, account: Account, options: argparse.Namespace) -> Report:
    password, made_up = _password(options)
    accounts.set_password(account.id, passwords.Passwords().hash(password))
    return _said(f"{account.name} has a new password, and was signed out everywhere.", account, password if made_up else None)


def _remove(people: People, account: Account, options: argparse.Namespace) -> Report:
    if not options.yes:
        if not sys.stdin.isatty():
            raise UserError("remove deletes all that this person wrote, and the copies. Say so with --yes.")
        print(f"This deletes {account.name}'s account and all they wrote, the copies too. Type yes to go on: ", end="", file=sys.stderr)
        if input().strip().lower() != "yes":
            raise UserError("Nothing was deleted.")
    people.accounts.set_password(account.id, "")  # nobody gets in from here on; if the rest fails, it can be done again
    people.remove(account.id)
    return _said(f"{account.name} is removed, with all they wrote.", account, None)


def _password(options: argparse.Namespace) -> tuple[str, bool]:
    """What was typed twice, or one that is made up and shown once."""
    if options.random:
        return passwords.made_up(), True
    if not sys.stdin.isatty():
        raise UserError("There is no terminal to type a password in. --random makes one up and prints it once.")
    first = getpass.getpass(f"Password, {passwords.SHORTEST} letters or more: ")
    if first != getpass.getpass("The same again: "):
        raise UserError("The two were not the same. Nothing was changed.")
    return first, False


def _said(line: str, account: Account, password: str | None) -> Report:
    told = f"{line}\nPassword, shown this once: {password}" if password else line
    data = {"account": account.name} | ({"password": password} if password else {})
    return Report(text=told, data=data)


def _listed(accounts: list[Account]) -> Report:
    lines = [f"{one.name}  since {one.made:%Y-%m-%d}, {f'last signed in {one.seen:%Y-%m-%d}' if one.seen else 'never signed in'}" for one in accounts]
    data = [{"name": one.name, "since": f"{one.made:%Y-%m-%d}", "seen": f"{one.seen:%Y-%m-%d}" if one.seen else None} for one in accounts]
    return Report(text="\n".join(lines) or "Nobody can sign in yet.", data={"accounts": data})


def _nobody() -> Report:
    raise UserError("Nobody can sign in yet. Add somebody with: python -m coach account add NAME")
