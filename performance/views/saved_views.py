"""Saving the page one sees under a name, and forgetting it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from lscb import access
from lscb.http import signed_in
from lscb.periods import parse
from performance.actions import saved_views as actions
from performance.actions.saved_views import ViewRefused
from performance.models import SavedView
from performance.queries import challenges
from performance.views.kept import kept_for_each


@require_GET
@kept_for_each
def views(request: HttpRequest) -> HttpResponse:
    """The views a person saved, and those that others share."""
    person = signed_in(request)
    access.check_see_figures(person)
    return render(request, "performance/views.html", {"views": challenges.views_for(person)})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep an address under a name; back to it afterwards."""
    person = signed_in(request)
    address = request.POST.get("address", "")
    pinned = request.POST.get("pinned_to", "").strip()
    try:
        view = actions.save_view(
            by=person,
            name=request.POST.get("name", ""),
            address=address,
            shared=request.POST.get("shared") == "1",
            pinned_to=parse(pinned) if pinned else None,
        )
    except (ViewRefused, ValueError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"‘{view.name}’ is saved.")
    safe = url_has_allowed_host_and_scheme(address, None) and address.startswith("/")
    return redirect(address if safe else "views")


@require_POST
def forget(request: HttpRequest, view_id: int) -> HttpResponse:
    """Delete one's own view."""
    view = SavedView.objects.filter(pk=view_id).first()
    person = signed_in(request)
    if view is None or (view.owner_id != person.pk and not view.shared):
        raise Http404("There is no such view.")
    try:
        actions.forget_view(by=person, view=view)
    except ViewRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("views")
