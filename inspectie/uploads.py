"""What may come in with one request. Everything else about a document is `vragenlijst.bestanden`."""

from io import BytesIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Begrensd(FileUploadHandler):
    """First of the upload handlers. A file that is too large is counted and not kept, on the disk nor in memory, so that its form
    can say how large it is and shows again what was typed. A request that is larger still is not read at all.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.gelezen = 0  # bytes of all files of this request
        self.te_groot = False

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803, Django's name
        if content_length > settings.VERZOEK_MAX_BYTES:
            raise RequestDataTooBig("Het verzoek is te groot.")

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.te_groot = False

    def receive_data_chunk(self, raw_data, start):
        self.gelezen += len(raw_data)
        self.te_groot = self.te_groot or self.gelezen > settings.BEWIJS_MAX_BYTES
        return None if self.te_groot else raw_data

    def file_complete(self, file_size):
        if not self.te_groot:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, max(file_size, self.gelezen))
