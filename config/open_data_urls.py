from django.urls import path

from config import open_data

urlpatterns = [
    path("", open_data.documentation, name="open_data"),
    path("katalog.json", open_data.catalogue, name="open_data_catalogue"),
    path("<path:name>/metadata.json", open_data.metadata_of, name="open_data_metadata"),
    path("<path:name>.csv", open_data.csv_table, name="open_data_csv"),
    path("<path:name>.json", open_data.json_table, name="open_data_json"),
    path("<path:name>", open_data.unknown, name="open_data_unknown"),
]
