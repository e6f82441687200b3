from django.db import migrations


def vul(apps, schema_editor):
    """The texts that stood in the history become versions; a passage that never changed gets its one text."""
    Passage = apps.get_model('rapportage', 'Passage')
    Passageversie = apps.get_model('rapportage', 'Passageversie')
    Gebeurtenis = apps.get_model('regio', 'Gebeurtenis')
    for passage in Passage.objects.all():
        rijen = [
            rij
            for rij in Gebeurtenis.objects.filter(ding_soort='passage', ding_id=passage.pk, soort='gewijzigd').order_by('pk')
            if 'Tekst' in rij.wijzigingen
        ]
        eerste = rijen[0].wijzigingen['Tekst'][0] if rijen else passage.tekst
        gemaakt = Gebeurtenis.objects.filter(ding_soort='rapport', ding_id=passage.rapport_id, soort='gemaakt').first()
        begin = {'wie_id': gemaakt.wie_id, 'wanneer': gemaakt.wanneer} if gemaakt else {'wie_id': passage.gewijzigd_door_id}
        eigen = passage.versie - len(rijen)  # 1, unless a history is incomplete
        Passageversie.objects.create(passage=passage, versie=eigen, tekst=eerste or '', **begin)
        for nummer, rij in enumerate(rijen, start=eigen + 1):
            Passageversie.objects.create(
                passage=passage, versie=nummer, tekst=rij.wijzigingen['Tekst'][1] or '', wie_id=rij.wie_id, wanneer=rij.wanneer
            )


def maak_leeg(apps, schema_editor):
    apps.get_model('rapportage', 'Passageversie').objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('rapportage', '0003_passageversies'),
        ('regio', '0003_geschiedenis_blijft'),
    ]

    operations = [migrations.RunPython(vul, maak_leeg)]
