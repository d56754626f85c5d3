"""Addresses of enquiries, confirmations and messages."""

from django.urls import path

from spoiwo.enquiries.views import asking, papers, settling, talking, terms, verifying

app_name = "enquiries"
urlpatterns = [
    path("wnioski/", asking.enquiry_list, name="list"),
    path("wnioski/lista.<str:form>", asking.export, name="export"),
    path("wnioski/nowy/", asking.new, name="new"),
    path("wnioski/z-listy/", asking.from_list, name="from_list"),
    path("wnioski/<uuid:uuid>/", settling.enquiry, name="enquiry"),
    path("wnioski/<uuid:uuid>/zmien/", asking.change, name="change"),
    path("wnioski/<uuid:uuid>/wyslij/", asking.send, name="send"),
    path("wnioski/<uuid:uuid>/usun/", asking.discard, name="discard"),
    path("wnioski/<uuid:uuid>/odpowiedz/", settling.answer, name="answer"),
    path("wnioski/<uuid:uuid>/odmow/", settling.refuse, name="refuse"),
    path("wnioski/<uuid:uuid>/brak-danych/", settling.no_data, name="no_data"),
    path("wnioski/<uuid:uuid>/wniosek.pdf", settling.paper, name="enquiry_paper"),
    path("wnioski/<uuid:uuid>/paczka.zip", settling.filed, name="enquiry_package"),
    path("wnioski/terminy/", terms.terms, name="terms"),
    path("wnioski/terminy/<slug:code>/", terms.term, name="term"),
    path("wnioski/terminy/<slug:code>/usun/", terms.drop, name="drop_term"),
    path("sprawdz/", verifying.verify, name="verify"),
    path("sprawdz/moje/", verifying.own, name="verifications"),
    path("potwierdzenia/", papers.paper_list, name="papers"),
    path("potwierdzenia/<uuid:uuid>/", papers.paper, name="paper"),
    path("potwierdzenia/<uuid:uuid>/dokument.pdf", papers.file, name="file"),
    path("potwierdzenia/<uuid:uuid>/podpisany/", papers.signed, name="signed"),
    path("potwierdzenia/<uuid:uuid>/paczka.zip", papers.filed, name="package"),
    path("potwierdzenia/<uuid:uuid>/podpis/", papers.sign, name="sign"),
    path("potwierdzenia/<uuid:uuid>/wycofaj/", papers.withdraw, name="withdraw"),
    path("zaswiadczenia/<uuid:client>/", papers.certificate, name="certificate"),
    path("wiadomosci/", talking.talks, name="talks"),
    path("wiadomosci/<uuid:uuid>/", talking.talk, name="talk"),
    path("wiadomosci/<uuid:uuid>/rozmowa.pdf", talking.paper, name="talk_paper"),
    path("wiadomosci/<uuid:uuid>/paczka.zip", talking.filed, name="talk_package"),
    path("wiadomosci/klient/<uuid:client>/", talking.of_client, name="of_client"),
    path("dokument/<int:institution_id>/<slug:code>/", papers.check, name="check"),
]
