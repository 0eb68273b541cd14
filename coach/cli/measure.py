"""`eval` and `bench`: the scored sets and the benchmarks, as a table and as JSON."""

import argparse
from functools import partial

from coach import build as build_module
from coach.cli.report import Report
from coach.errors import UserError
from coach.evals import drafts, plans, questions, redaction, score
from coach.locations import ROOT
from coach.settings import Settings

SETS = ROOT / "tests" / "evals"
NAMES = {
    "queries": lambda built: score.queries(built, SETS / "queries.jsonl"),
    "queries_blind": lambda built: score.queries(built, SETS / "queries_blind.jsonl"),
    "cross_validation": score.cross_validation,
    "messages": lambda built: score.routes(built, SETS / "messages.jsonl"),
    "routes_blind": lambda built: score.routes(built, SETS / "routes_blind.jsonl"),
    "crisis_open": lambda built: score.crisis(built, SETS / "crisis" / "open.jsonl"),
    "crisis_sealed": lambda built: score.crisis(built, SETS / "crisis" / "sealed.jsonl"),
    "turns": lambda built: score.turns(built, SETS / "turns.jsonl"),
    "drafts": lambda built: drafts.drafts(built, SETS / "draft_passages.jsonl"),
    "drafts_words": lambda built: drafts.drafts(built, SETS / "draft_passages.jsonl", by_words=True),
    "drafts_blind": lambda built: drafts.drafts(built, SETS / "draft_passages_blind.jsonl", targets={}),
    "drafts_hard": lambda built: drafts.drafts(built, SETS / "draft_passages_hard.jsonl", targets={}),
    "plans": lambda built: plans.plans(built, SETS / "plans"),
    "plans_words": lambda built: plans.plans(built, SETS / "plans", by_words=True),
    "plans_own": lambda built: plans.plans(built, SETS / "plans_own"),
    "plans_blind": lambda built: plans.plans(built, SETS / "plans_blind"),
    "plans_third": lambda built: plans.plans(built, SETS / "plans_third"),
    "plans_fourth": lambda built: plans.plans(built, SETS / "plans_fourth"),
    "plans_fresh": lambda built: plans.plans(built, SETS / "plans_fresh"),
    "redaction": lambda built: redaction.redaction(built, SETS / "redaction"),
    "redaction_fresh": lambda built: redaction.redaction(built, SETS / "redaction", ("fresh",)),
    "questions": lambda built: questions.questions(built, SETS / "plans"),
    "questions_own": lambda built: questions.questions(built, SETS / "plans_own"),
    "conversations": lambda built: score.conversations(built, SETS / "conversations.jsonl"),
    "conversations_blind": lambda built: score.conversations(built, SETS / "conversations_blind.jsonl"),
}
# Slow, and no part of `all`: one comparison each, as several scores.
BY_HAND = {
    **{
        f"{name}_model": partial(plans.compared, folder=SETS / name)
        for name in ("plans", "plans_own", "plans_blind", "plans_third", "plans_fourth", "plans_fresh")
    },
}


def eval(options: argparse.Namespace, settings: Settings) -> Report:  # noqa: A001 - the command's own name
    """Run one set or all. Exit code 1 where a target is missed."""
    if options.name != "all" and options.name not in (*NAMES, *BY_HAND):
        raise UserError(f"eval takes one of: all, {', '.join((*NAMES, *BY_HAND))}.")
    names = list(NAMES) if options.name == "all" else [options.name]
    built = build_module.build(settings, keep=False, progress=True)
    try:
        built.start(wait=True)
        scores = BY_HAND[options.name](built) if options.name in BY_HAND else [NAMES[name](built) for name in names]
    finally:
        built.close()
    lines = []
    for result in scores:
        lines.append(f"{result.name} ({result.items}){'' if result.passed else '   target missed'}")
        for name, value in result.figures.items():
            target = f"   target {result.targets[name]:g}" if name in result.targets else ""
            lines.append(f"    {name:28} {value:.3f}{target}")
        lines += [f"      {miss}" for miss in result.misses] if options.details else []
    data = {result.name: result.model_dump(mode="json") | {"passed": result.passed} for result in scores}
    return Report(text="\n".join(lines), data=data, code=0 if all(result.passed for result in scores) else 1)


def bench(options: argparse.Namespace, settings: Settings) -> Report:
    """Time the parts that a person waits for."""
    from coach.evals import speed

    built = build_module.build(settings, keep=False, progress=True)
    try:
        built.start(wait=True)
        figures = speed.measure(built, SETS)
    finally:
        built.close()
    return Report(text="\n".join(f"{name:44} {value:.3f}" for name, value in figures.items()), data=figures)
