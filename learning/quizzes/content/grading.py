"""What an answer is worth, and what to say about it."""

from .base import Content, Graded, Response, Verdict


def grade(content: Content, response: Response) -> Graded:
    """What a response is worth, and what to say about it. Any response will do: it never fails."""
    held = content.tidy(response)
    general = (content.feedback,) if content.feedback else ()
    if held is None:
        return Graded(0.0, Verdict.MISSED, (), general)
    score, parts = content.mark(held)
    verdict = Verdict.of(score)
    told = {
        Verdict.RIGHT: content.when_right,
        Verdict.PARTIAL: content.when_partial,
        Verdict.WRONG: content.when_wrong,
    }[verdict]
    return Graded(score, verdict, parts, (*((told,) if told else ()), *general))
