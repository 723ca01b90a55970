"""One stage to one spec."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.model import Dag, Stage
from bcdslc.lower.inputs import lower_inputs
from bcdslc.lower.output import lower_datum_sets, lower_egress, lower_service, lower_spout
from bcdslc.lower.places import Places
from bcdslc.lower.raw_fields import lay_raw_fields
from bcdslc.lower.resources import lower_resources
from bcdslc.lower.scheduling import lower_scheduling, lower_tolerations
from bcdslc.lower.shared_memory import add_shared_memory
from bcdslc.lower.transform import lower_transform
from bcdslc.spec.message import (
    CreatePipelineRequest,
    Input,
    Metadata,
    ParallelismSpec,
    Pipeline,
    Project,
)
from bcdslc.spec.origin import PlacedOrigins
from bcdslc.spec.spec import Spec


def lower_stage(dag: Dag, stage: Stage) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """Return the spec of a stage, and what is wrong with its raw fields."""
    places = Places()
    places.put((), stage.span)
    spec = Spec(
        request=_request(dag, stage, places), origins=PlacedOrigins(places.table), proved=True
    )
    spec, problems = lay_raw_fields(spec, stage.spec)
    return add_shared_memory(spec, stage.hardware), problems


def _request(dag: Dag, stage: Stage, places: Places) -> CreatePipelineRequest:
    take, hardware = places.take, stage.hardware
    resources = lower_resources(hardware, places)
    return CreatePipelineRequest(
        pipeline=_pipeline(dag, stage, places),
        description=take(("description",), stage.about),
        transform=lower_transform(stage, dag.params, places),
        input=_input(dag, stage, places),
        parallelism_spec=_workers(stage, places),
        autoscaling=take(("autoscaling",), stage.autoscale),
        resource_requests=resources.requests,
        resource_limits=resources.limits,
        sidecar_resource_requests=resources.sidecar_requests,
        sidecar_resource_limits=resources.sidecar_limits,
        scheduling_spec=lower_scheduling(hardware, places),
        tolerations=lower_tolerations(hardware, places),
        datum_set_spec=lower_datum_sets(stage.datums_per_set, places),
        datum_timeout=take(("datumTimeout",), stage.datum_timeout),
        job_timeout=take(("jobTimeout",), stage.job_timeout),
        datum_tries=take(("datumTries",), stage.tries),
        reprocess_spec=take(("reprocessSpec",), stage.reprocess_when),
        output_branch=take(("outputBranch",), stage.output_branch),
        egress=lower_egress(stage.egress, places),
        s3_out=take(("s3Out",), stage.s3_out),
        service=lower_service(stage.service, places),
        spout=lower_spout(stage.spout, places),
        metadata=_metadata(stage, places),
    )


def _pipeline(dag: Dag, stage: Stage, places: Places) -> Pipeline:
    name = places.take(("pipeline", "name"), stage.name)
    project = places.take(("pipeline", "project", "name"), dag.project)
    return Pipeline(project=None if project is None else Project(name=project), name=name)


def _input(dag: Dag, stage: Stage, places: Places) -> Input | None:
    if stage.inputs is None or not stage.inputs.items:
        return None
    project = dag.project.value if dag.project else None
    return lower_inputs(stage.inputs, stage.name.value, project, places)


def _workers(stage: Stage, places: Places) -> ParallelismSpec | None:
    workers = places.take(("parallelismSpec", "constant"), stage.workers)
    return None if workers is None else ParallelismSpec(constant=workers)


def _metadata(stage: Stage, places: Places) -> Metadata | None:
    if stage.labels is None and stage.annotations is None:
        return None
    return Metadata(
        annotations=places.take_map(("metadata", "annotations"), stage.annotations),
        labels=places.take_map(("metadata", "labels"), stage.labels),
    )
