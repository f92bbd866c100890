"""The doors to files and pictures: each asks the kernel before anything else."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from cms.core import kernel
from cms.core.kernel import Verb
from cms.documents.models import File, Picture, PictureRendition
from cms.documents.reading import attachments_of
from workflow.doors.guests import sessions as guests_here

# Only what cannot run scripts is shown inside the browser; the rest is saved.
SHOWN_INLINE = frozenset({"application/pdf", "text/plain"})
PICTURE_TYPES = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})


@require_safe
def serve_file(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Serve a file to whoever may see it; to everybody else it does not exist."""
    file = File.objects.filter(pk=document_id).first()
    if file is not None and kernel.check(request.user, Verb.VIEW, file):
        return _file_response(file)
    return _serve_to_guest(request, file)


def _serve_to_guest(request: HttpRequest, file: File | None) -> HttpResponseBase:
    """Serve what hangs on the very text that a guest was let in to here, and nothing else.

    A guest whose link does not hold, or who has not given its code, is told so at
    the door of guests, whether or not there is such a file.
    """
    if not guests_here.came_by_link(request):
        raise Http404
    text = guests_here.text_open_to(request)
    if text is None:
        return redirect("workflow:guest")
    if file is None or file.pk not in {one.file_id for one in attachments_of(text)}:
        raise Http404
    response = _file_response(file)
    # The computer may be another's: nothing is to stay in its browser.
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def serve_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture or a rendition of one by its stored name."""
    name = path.removeprefix("/")
    rendition = PictureRendition.objects.filter(file=name).select_related("image").first()
    picture = rendition.image if rendition else get_object_or_404(Picture, file=name)
    if not kernel.check(request.user, Verb.VIEW, picture):
        raise Http404
    response = FileResponse(default_storage.open(name, "rb"))
    if response["Content-Type"] not in PICTURE_TYPES:
        response["Content-Type"] = "application/octet-stream"
    return _guarded(response)


def _file_response(file: File) -> FileResponse:
    inline = file.media_type in SHOWN_INLINE
    response = FileResponse(
        file.file.open("rb"), as_attachment=not inline, filename=file.filename,
        content_type=file.media_type or "application/octet-stream",
    )  # fmt: skip
    return _guarded(response)


def _guarded(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    # An uploaded file gets no rights on our origin, even if a browser renders it.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    return response
