import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Subregion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True)),
                ("name", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="TercEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of", models.DateField(unique=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("shipped", "Supplied with the program"),
                            ("official", "Official TERC file"),
                        ],
                        max_length=8,
                    ),
                ),
                ("units", models.PositiveIntegerField()),
                ("imported_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="TerytUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=7)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("voivodeship", "Voivodeship"),
                            ("county", "County"),
                            ("commune", "Commune"),
                            ("part", "Part of a commune"),
                        ],
                        max_length=11,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "commune_kind",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Urban commune"),
                            (2, "Rural commune"),
                            (3, "Urban-rural commune"),
                            (4, "Town in an urban-rural commune"),
                            (5, "Rural area of an urban-rural commune"),
                            (8, "District of Warsaw"),
                            (9, "Delegation"),
                        ],
                        null=True,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="territory.terytunit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SubregionCounty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subregion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="territory.subregion",
                    ),
                ),
                (
                    "county",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subregion_membership",
                        to="territory.terytunit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="subregion",
            name="voivodeship",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="subregions",
                to="territory.terytunit",
            ),
        ),
        migrations.AddConstraint(
            model_name="terytunit",
            constraint=models.UniqueConstraint(
                fields=("code", "valid_from"), name="teryt_unit_starts_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="terytunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("code",),
                name="teryt_unit_in_force_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="terytunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="teryt_unit_ends_not_before_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="terytunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("level", "voivodeship"),
                        django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("code"), models.Value(2)
                        ),
                    ),
                    models.Q(
                        ("level", "county"),
                        django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("code"), models.Value(4)
                        ),
                    ),
                    models.Q(
                        ("level__in", ["commune", "part"]),
                        django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("code"), models.Value(7)
                        ),
                    ),
                    _connector="OR",
                ),
                name="teryt_unit_code_fits_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="terytunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level__in", ["voivodeship", "county"]), ("commune_kind__isnull", True)),
                    models.Q(
                        ("level", "commune"), ("commune_kind__isnull", False), ("commune_kind__in", [1, 2, 3])
                    ),
                    models.Q(
                        ("level", "part"), ("commune_kind__isnull", False), ("commune_kind__in", [4, 5, 8, 9])
                    ),
                    _connector="OR",
                ),
                name="teryt_unit_kind_fits_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="terytunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "voivodeship"), ("parent__isnull", True)),
                    models.Q(models.Q(("level", "voivodeship"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="teryt_unit_has_parent_below_voivodeship",
            ),
        ),
    ]
