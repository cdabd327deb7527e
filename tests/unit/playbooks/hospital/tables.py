"""A stand-in for the hospital's tables: what the tools ask of them and write into them, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.tool_call import Statement


@dataclass
class Tables:
    """Appointments as rows; one doctor has one patient at a time only as far as the tools see to it."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    patients: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(
        self, doctor: str, department: str, begins: datetime, ends: datetime, patient: str = "Somebody Else"
    ) -> None:
        """Put an appointment of another call in."""
        self._book(
            {
                "appointment_id": f"RH{len(self.rows):06}",
                "doctor": doctor,
                "department": department,
                "begins": begins.isoformat(),
                "ends": ends.isoformat(),
                "patient_name": patient,
                "name": " ".join(patient.casefold().split()),
                "email": "somebody@example.com",
                "phone": None,
            }
        )

    async def query(self, name: str, params: Mapping[str, Any], blind: Collection[str] = ()) -> list[dict[str, Any]]:
        """Answer the statements `patient`, `own`, `taken` and `found` of queries.sql."""
        booked = [row for row in self.rows if row["status"] == "booked"]
        match name:
            case "taken":
                return [row for row in booked if row["doctor"] in params["doctors"]]
            case "found":
                return [row for row in booked if _is_found(row, params)]
            case "own":
                return [row | {"is_over": False} for row in booked if row["phone"] == params["phone"]]
            case "patient":
                return [row for phone, row in self.patients.items() if phone == params["phone"]]
        raise LookupError(name)

    def run(self, statements: Sequence[Statement]) -> None:
        """Do what a committed call writes; the record of the call is not kept here."""
        for statement in statements:
            params = statement["params"]
            match statement["name"]:
                case "book":
                    self._book(params)
                case "keep_patient":
                    self.patients[params["phone"]] = dict(params)
                case "cancel":
                    self._row(params["appointment_id"])["status"] = "cancelled"
                case "move":
                    self._row(params["appointment_id"]).update(_during(params))

    def _book(self, params: Mapping[str, Any]) -> None:
        self.rows.append({**params, **_during(params), "status": "booked", "sequence": 0})

    def _row(self, appointment_id: str) -> dict[str, Any]:
        return next(row for row in self.rows if row["appointment_id"] == appointment_id)


def _during(params: Mapping[str, Any]) -> dict[str, datetime]:
    return {edge: datetime.fromisoformat(params[edge]) for edge in ("begins", "ends")}


def _is_found(row: Mapping[str, Any], params: Mapping[str, Any]) -> bool:
    if params["appointment_id"] is not None:
        return bool(row["appointment_id"] == params["appointment_id"])
    if params["day_begins"] is not None and not params["day_begins"] <= row["begins"] < params["day_ends"]:
        return False
    return bool(row["name"] == params["name"] if params["name"] else row["phone"] == params["phone"])
