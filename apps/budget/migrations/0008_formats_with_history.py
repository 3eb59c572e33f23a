"""Formats of the finance system are records with a history."""
import apps.core.text
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0007_checklists_instead_of_texts'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='FinanceFileFormatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('source_key', models.CharField(blank=True, editable=False, max_length=100, null=True, verbose_name='Key in the loaded file')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Version')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Archived at')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Updated at')),
                ('name', apps.core.text.PlainCharField(error_messages={'unique': 'Another format has this name.'}, max_length=100, verbose_name='Name')),
                ('encoding', models.CharField(choices=[('utf-8-sig', 'UTF-8 with BOM'), ('cp932', 'Shift JIS (CP932)')], default='cp932', max_length=10, verbose_name='Encoding')),
                ('delimiter', models.CharField(default=',', max_length=1, verbose_name='Separator')),
                ('has_header', models.BooleanField(default=True, verbose_name='First row holds the names of the columns')),
                ('amounts_in_yen', models.BooleanField(default=False, verbose_name='Amounts are in yen')),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None, verbose_name='Columns of the upload')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='Order')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='financefileformat',
            name='archived_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Archived at'),
        ),
        migrations.AddField(
            model_name='financefileformat',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now, verbose_name='Created at'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='financefileformat',
            name='source_key',
            field=models.CharField(blank=True, editable=False, max_length=100, null=True, unique=True, verbose_name='Key in the loaded file'),
        ),
        migrations.AddField(
            model_name='financefileformat',
            name='uid',
            field=models.UUIDField(editable=False, null=True),
        ),
        # Each format that was there is given a uid of its own.
        migrations.RunSQL('UPDATE "budget_financefileformat" SET "uid" = gen_random_uuid()', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='financefileformat',
            name='uid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='financefileformat',
            name='updated_at',
            field=models.DateTimeField(auto_now=True, verbose_name='Updated at'),
        ),
        migrations.AddField(
            model_name='financefileformat',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='Version'),
        ),
        migrations.AlterField(
            model_name='financefileformat',
            name='name',
            field=apps.core.text.PlainCharField(error_messages={'unique': 'Another format has this name.'}, max_length=100, unique=True, verbose_name='Name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='financefileformat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_financefileformatevent" ("amounts_in_yen", "archived_at", "columns", "created_at", "delimiter", "encoding", "has_header", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_key", "uid", "updated_at", "version") VALUES (NEW."amounts_in_yen", NEW."archived_at", NEW."columns", NEW."created_at", NEW."delimiter", NEW."encoding", NEW."has_header", NEW."id", NEW."name", NEW."order", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."source_key", NEW."uid", NEW."updated_at", NEW."version"); RETURN NULL;', hash='fc868191769706f5f0d1dc06aa6609253abb83c1', operation='INSERT', pgid='pgtrigger_insert_insert_8269f', table='budget_financefileformat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='financefileformat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "budget_financefileformatevent" ("amounts_in_yen", "archived_at", "columns", "created_at", "delimiter", "encoding", "has_header", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_key", "uid", "updated_at", "version") VALUES (NEW."amounts_in_yen", NEW."archived_at", NEW."columns", NEW."created_at", NEW."delimiter", NEW."encoding", NEW."has_header", NEW."id", NEW."name", NEW."order", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."source_key", NEW."uid", NEW."updated_at", NEW."version"); RETURN NULL;', hash='cc3010707596a47606be981cabe81e249de7a1be', operation='UPDATE', pgid='pgtrigger_update_update_791dc', table='budget_financefileformat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='financefileformat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "budget_financefileformatevent" ("amounts_in_yen", "archived_at", "columns", "created_at", "delimiter", "encoding", "has_header", "id", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_key", "uid", "updated_at", "version") VALUES (OLD."amounts_in_yen", OLD."archived_at", OLD."columns", OLD."created_at", OLD."delimiter", OLD."encoding", OLD."has_header", OLD."id", OLD."name", OLD."order", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."source_key", OLD."uid", OLD."updated_at", OLD."version"); RETURN NULL;', hash='c6b3ee7f2816dcd881cab683724965f2780d4b3b', operation='DELETE', pgid='pgtrigger_delete_delete_2780a', table='budget_financefileformat', when='AFTER')),
        ),
        migrations.AddField(
            model_name='financefileformatevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='financefileformatevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budget.financefileformat'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='financefileformatevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99c4fd3febc77bf3f6a607e0dd1b3e57d6b71c7d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d9eef', table='budget_financefileformatevent', when='BEFORE')),
        ),
    ]
