from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cms.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from cms.documents import extraction, grants, receivers, search, wording  # noqa: F401
        from cms.documents.reading import file_links_of, files_of, texts_by_digest
        from workflow import digests

        grants.register()
        receivers.connect()
        search.register()
        # A decision is bound to the files as well: a replaced file is another text.
        digests.register_files(files_of)
        digests.register_file_links(file_links_of)
        digests.register_file_texts(texts_by_digest)
