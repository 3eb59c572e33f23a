import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0003_people_skills_and_seats'),
    ]

    operations = [
        migrations.AlterField(
            model_name='talentprofile',
            name='uid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='skilltype',
            name='standard',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skill_types', to='training.skillstandard', verbose_name='Version of the skill standard'),
        ),
        migrations.AlterField(
            model_name='literacyarea',
            name='standard',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='literacy_areas', to='training.skillstandard', verbose_name='Version of the skill standard'),
        ),
    ]
