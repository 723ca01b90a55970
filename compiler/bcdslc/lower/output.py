"""What becomes of a stage's output, and what stands in front of the stage."""

from __future__ import annotations

from bcdsl.model import DatumsPerSet, Egress, ObjectEgress, SqlEgress, UrlEgress
from bcdsl.model import Service as WrittenService
from bcdsl.model import Spout as WrittenSpout
from bcdslc.lower.places import Places
from bcdslc.spec import message
from bcdslc.spec.message import DatumSetSpec, Service, Spout
from bcdslc.spec.origin import Path


def lower_egress(egress: Egress | None, places: Places) -> message.Egress | None:
    """Return where the output is pushed."""
    take, path = places.take, ("egress",)
    match egress:
        case None:
            return None
        case UrlEgress():
            places.put(path, egress.url.span)
            return message.Egress(URL=take((*path, "URL"), egress.url))
        case ObjectEgress():
            places.put(path, egress.url.span)
            url = take((*path, "objectStorage", "url"), egress.url)
            return message.Egress(object_storage=message.ObjectStorageEgress(url=url))
        case SqlEgress():
            places.put(path, egress.url.span)
            return message.Egress(sql_database=_sql((*path, "sqlDatabase"), egress, places))


def _sql(path: Path, egress: SqlEgress, places: Places) -> message.SqlDatabaseEgress:
    take = places.take
    file_format = secret = None
    if egress.format is not None or egress.columns is not None:
        file_format = message.FileFormat(
            type=take((*path, "fileFormat", "type"), egress.format),
            columns=places.take_all((*path, "fileFormat", "columns"), egress.columns),
        )
    if egress.secret is not None:
        name, key = egress.secret
        secret = message.EgressSecret(
            name=take((*path, "secret", "name"), name), key=take((*path, "secret", "key"), key)
        )
    url = take((*path, "url"), egress.url)
    return message.SqlDatabaseEgress(url=url, file_format=file_format, secret=secret)


def lower_service(
    service: WrittenService | None, places: Places, path: Path = ("service",)
) -> Service | None:
    """Return a long-running service."""
    if service is None:
        return None
    take = places.take
    places.put(path, service.span)
    return Service(
        internal_port=take((*path, "internalPort"), service.port),
        external_port=take((*path, "externalPort"), service.external),
        type=take((*path, "type"), service.type),
    )


def lower_spout(spout: WrittenSpout | None, places: Places) -> Spout | None:
    """Return a source without inputs."""
    if spout is None:
        return None
    places.put(("spout",), spout.span)
    return Spout(service=lower_service(spout.service, places, ("spout", "service")))


def lower_datum_sets(sets: DatumsPerSet | None, places: Places) -> DatumSetSpec | None:
    """Return how datums are cut into sets."""
    if sets is None:
        return None
    take, path = places.take, ("datumSetSpec",)
    return DatumSetSpec(
        number=take((*path, "number"), sets.count),
        size_bytes=take((*path, "sizeBytes"), sets.size_bytes),
        per_worker=take((*path, "perWorker"), sets.per_worker),
    )
