"""The second half of the sample workbooks: types, groups, older spellings and chains."""

from __future__ import annotations

from forms.xlsform_samples import YES_NO, Sheets, sample, survey


@sample
def every_plain_type() -> Sheets:
    return {
        **survey(
            ("text", "t", "Text"),
            ("integer", "i", "Integer", "yes"),
            ("decimal", "d", "Decimal", None, ". >= 0.5 and . < 99.5"),
            ("range", "r", "Range", None, None, "start=0 end=10 step=1"),
            ("range", "rd", "Range of parts", None, None, "start=0 end=1 step=0.25"),
            ("date", "day", "Day"),
            ("time", "hour", "Hour"),
            ("dateTime", "moment", "Moment"),
            ("image", "photo", "Photo"),
            ("file", "paper", "Paper"),
            ("barcode", "code", "Code"),
            ("geopoint", "place", "Place"),
            ("hidden", "source", None, None, None, None, "web"),
            ("note", "thanks", "Thank you"),
            ("audio", "voice", "Voice"),
            ("acknowledge", "read", "I have read this"),
            ("rank rank_list", "order", "Order"),
            ("select_one_from_file towns.csv", "town", "Town"),
            ("start", "start", None),
            ("deviceid", "device", None),
            columns="required constraint parameters default",
        ),
        "choices": [
            ("list_name", "name", "label"),
            ("rank_list", "1", "One"),
            ("rank_list", "2", "Two"),
        ],
    }


@sample
def groups_within_groups() -> Sheets:
    return {
        **survey(
            ("begin_group", "person", "Person"),
            ("text", "given", "Given name", "yes"),
            ("begin_group", "home", "Home"),
            ("text", "street", "Street", "yes"),
            ("integer", "rooms", "Rooms", None, None, ". >= 1 and . <= 9"),
            ("text", "crowded", "Why so many?", None, "${rooms} > 5"),
            ("end_group",),
            ("begin_group", "work", "Work", None, "${given} != ''"),
            ("text", "employer", "Employer of ${given}", "${rooms} > 2"),
            ("end_group",),
            ("end_group",),
            ("text", "remark", "Remark", None, "${street} != ''"),
            columns="required relevant constraint",
        ),
    }


@sample
def ticks_that_exclude_each_other() -> Sheets:
    return {
        **survey(
            (
                "select_multiple needs",
                "needs",
                "Needs",
                "yes",
                "not(selected(., 'none') and count-selected(.) > 1)",
            ),
            ("select_multiple needs", "most", "At most two", None, "count-selected(.) <= 2"),
            ("integer", "number", "Number or -99", None, ". = -99 or (. >= 0 and . <= 5)"),
            ("text", "why", "Why nothing?", None, None, "selected(${needs}, 'none')"),
            (
                "text",
                "what",
                "What else?",
                None,
                None,
                "not(selected(${needs}, 'none')) and count-selected(${needs}) >= 2",
            ),
            columns="required constraint relevant",
        ),
        "choices": [
            ("list_name", "name", "label"),
            *(("needs", n, n.title()) for n in ("food", "home", "care", "none")),
        ],
    }


@sample
def required_by_an_answer() -> Sheets:
    return {
        **survey(
            ("select_one yn", "agreed", "Agreed?", "yes"),
            ("text", "name", "Name", "${agreed} = 'yes'"),
            ("text", "reason", "Reason", "${agreed} = 'no'"),
            ("integer", "low", "Low", "yes", ". >= 0 and . <= 10"),
            ("integer", "high", "High", None, "${agreed} = 'no' or . > 5"),
            columns="required constraint",
        ),
        "choices": YES_NO,
    }


@sample
def older_spellings() -> Sheets:
    return {
        "survey": [
            ("command", "value", "caption:English", "relevance", "bind:constraint", "readonly"),
            ("begin group", "g", "Group"),
            ("string", "s", "Text"),
            ("int", "n", "Number", "${s} != ''", ". < 10"),
            ("select one from yn", "o", "One", "not(${n} > 3)"),
            ("select all that apply from yn", "m", "Many"),
            ("add date prompt", "when", "When", "selected(${m}, 'yes')"),
            ("end group",),
            ("trigger", "t", "Seen", "string-length(${s}) > 0"),
        ],
        "choices": [
            ("list name", "value", "caption:English"),
            ("yn", "yes", "Yes"),
            ("yn", "no", "No"),
        ],
        "settings": [("set form title", "set form id"), ("Old", "old")],
    }


@sample
def repeats_within_repeats() -> Sheets:
    return {
        **survey(
            ("begin_repeat", "house", "House"),
            ("text", "address", "Address", "yes"),
            ("begin_repeat", "person", "Person"),
            ("text", "person_name", "Name", "yes"),
            ("integer", "person_age", "Age"),
            ("end_repeat",),
            ("end_repeat",),
            columns="required",
        ),
    }


@sample
def questions_that_hang_on_each_other() -> Sheets:
    return {
        **survey(
            ("select_one yn", "a", "A", "yes"),
            ("select_one yn", "b", "B", "yes", "${a} = 'yes'"),
            ("select_one yn", "c", "C", "yes", "${b} = 'yes'"),
            ("text", "d", "D", None, "${c} != 'no'"),
            ("text", "e", "E", None, "not(${b} = 'no') and ${a} != 'no'"),
            ("text", "f", "F", None, "${b} = 'no' or ${a} = 'no'"),
            ("text", "g", "G", None, "${f} != '' or ${c} = 'yes'"),
            ("text", "h", "H", None, "${b} = ''"),
            columns="required relevant",
        ),
        "choices": YES_NO,
    }
