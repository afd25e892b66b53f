"""What a browser sends: every value a change form shows, and the mark of the version it shows."""

from django.urls import reverse


def address(row, view="change") -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}"
    return reverse(name, args=[row.pk])


def form_of(client, row) -> dict:
    """Every value the change form would send, unchanged."""
    context = client.get(address(row)).context
    forms = [context["adminform"].form]
    for formset in context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    values = {"_mark": context["mark"]}
    for form in forms:
        for field in form:
            values |= _values(field)
    return values


def _values(field) -> dict:
    """A field's value by the name of each of its inputs."""
    value, widget = field.value(), field.field.widget
    if hasattr(widget, "decompress"):
        parts = widget.decompress(value)
        names = [field.html_name + name for name in widget.widgets_names]
        return {name: part or "" for name, part in zip(names, parts, strict=True)}
    return {field.html_name: "" if value is None else value}


def send(client, row, **changes):
    return client.post(address(row), form_of(client, row) | changes, follow=True)


def press(client, row, step, **changes):
    """Send the form by one of the buttons beside "Save"."""
    name = f"{row._meta.app_label}_{row._meta.model_name}_{step}"
    return send(client, row, **{name: "1"}, **changes)


def part(prefix, **values) -> dict:
    """One more row in the formset ``prefix``, the only one."""
    return {
        f"{prefix}-TOTAL_FORMS": 1,
        f"{prefix}-INITIAL_FORMS": 0,
        **{f"{prefix}-0-{name}": value for name, value in values.items()},
    }


def told(answer) -> list[str]:
    """The messages and the errors of the form a page shows."""
    form = answer.context.get("adminform")
    errors = form.form.non_field_errors() if form else []
    return [str(message) for message in answer.context["messages"]] + [str(e) for e in errors]
