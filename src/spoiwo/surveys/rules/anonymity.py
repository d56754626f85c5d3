"""How anonymous answers come out: in handfuls, never one by one.

Whoever looks at the results before and after one respondent has handed in would know the answer. So answers wait in
an urn. When it holds twice HANDFUL, all but HANDFUL come out, mixed; the rest comes out when the survey closes.
"""

HANDFUL = 5


def how_many_come_out(in_urn: int, out_already: int, *, closing: bool) -> int:
    """How many answers leave the urn now.

    While the survey runs, at least HANDFUL leave together and HANDFUL stay behind. At the end all leave, unless they
    are too few in all to hide among each other.
    """
    if closing:
        return in_urn if in_urn + out_already >= HANDFUL else 0
    return in_urn - HANDFUL if in_urn >= 2 * HANDFUL else 0
