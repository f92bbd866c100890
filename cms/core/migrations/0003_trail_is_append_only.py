"""PostgreSQL itself refuses to change the trail, whoever asks and by whatever program.

A superuser can take these rules away; then `manage.py verify_trail` finds what was
done. Other databases rely on the ORM's refusal and on that command.
"""

from django.db import migrations

TABLES = ['core_trailentry', 'core_trailname', 'core_trailhead']

REFUSE = """
CREATE FUNCTION trail_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The trail is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

# What may be done to a row, beside writing it: nothing to an entry; to a name,
# blanking it; to the head, moving it on.
UPDATES = {
    'core_trailentry': 'false',
    'core_trailname': """
        NEW.name = '' AND NEW.salt = '' AND NEW.account IS NULL
        AND (NEW.id, NEW.entry_id, NEW.role) = (OLD.id, OLD.entry_id, OLD.role)
    """,
    'core_trailhead': 'NEW.id = OLD.id AND NEW.sequence > OLD.sequence',
}


def lay_rules(apps, schema_editor):
    if schema_editor.connection.vendor != 'postgresql':
        return
    schema_editor.execute(REFUSE, params=None)
    for table in TABLES:
        for rule in (
            f'TRIGGER trail_keeps BEFORE DELETE ON {table} FOR EACH ROW',
            f'TRIGGER trail_is_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT',
            f'TRIGGER trail_stays BEFORE UPDATE ON {table} FOR EACH ROW '
            f'WHEN (({UPDATES[table]}) IS NOT TRUE)',
        ):
            schema_editor.execute(f'CREATE {rule} EXECUTE FUNCTION trail_refuses()', params=None)


def lift_rules(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('DROP FUNCTION trail_refuses() CASCADE', params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_trail_outlives_what_it_names'),
    ]

    operations = [
        migrations.RunPython(lay_rules, lift_rules),
    ]
