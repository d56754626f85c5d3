"""Codes of the standard files used here, kept in one place because pure modules do not import clients."""

from spoiwo.cli.demo.chances import words

PUP = "PUP"
OPS = "OPS"

WITH_BENEFIT = "unemployed_with_benefit"
WITHOUT_BENEFIT = "unemployed_without_benefit"
JOBSEEKER = "jobseeker"
INACTIVE = "inactive"
LONG_TERM_BENEFIT = "long_term_benefit"
TEMPORARY_BENEFIT = "temporary_benefit"
FAMILY_ASSISTANT = "family_assistant"
NO_LONGER_SERVED = "no_longer_served"
OTHER = "other"

FACT_CATEGORY = {
    "household_size": "life_situation",
    "children": "life_situation",
    "homelessness": "life_situation",
    "income_per_person": "life_situation",
    "care_duties": "life_situation",
    "education": "work_history",
    "occupation": "work_history",
    "last_job": "work_history",
    "employment": "work_history",
    "training": "measures",
    "internship": "measures",
    "individual_action_plan": "measures",
    "social_contract": "measures",
    "social_employment": "measures",
    "public_works": "measures",
    "counselling": "support_given",
    "job_offer": "support_given",
    "meals": "support_given",
    "family_assistant": "support_given",
    "social_work": "support_given",
    "unemployment_benefit": "benefits",
    "permanent_allowance": "benefits",
    "periodic_allowance": "benefits",
    "targeted_allowance": "benefits",
    "disability": "sensitive",
}
"""Every kind of fact written here and the category it belongs to."""

STANDARD_COLUMNS = words(
    "local_id household_id pesel document_kind document_no first_name second_name last_name family_name "
    "birth_date sex citizenship teryt place postal_code street house flat phone email "
    "status status_from status_to case_ref worker updated_at"
)
FACT_COLUMNS = words("local_id category kind value unit from to note")
