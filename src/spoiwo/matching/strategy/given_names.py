"""Given names that are one name: diminutives, and forms in Polish, Ukrainian, Belarusian, Russian and English.

A line is one class; forms are written without diacritics. A form stands in one class only.
"""

CLASSES = """
anna ania anka hanna hania ganna hanka
maria marysia marija mariia mariya maryja maryia masza masha mariam
katarzyna kasia kaska kateryna katsiaryna kaciaryna ekaterina jekaterina ekaterine catherine katerina yekaterina
malgorzata gosia malgosia margarita margaryta
agnieszka aga agnes agnessa
barbara basia varvara warwara
ewa ewunia eva yeva jewa
krystyna krysia khrystyna chrystyna kristina krystsina krysztyna christina khrystina
magdalena magda madzia
elzbieta ela elka yelyzaveta jelyzaweta elizaveta elizabeth jelizaweta yelizaveta lizaveta
joanna asia joasia ioanna yoanna ivanna iwanna
aleksandra ola olka oleksandra alexandra aliaksandra olexandra
zofia zosia sofia sofiia sofiya sofija sophia zoska
teresa tereska tereza
danuta danka danusia
natalia natalka nataliia nataliya natalija natallia natasza natasha natalya
karolina karola karolcia
julia julka yuliia yulia yuliya julija iuliia juliia
dorota dorotka
jadwiga jadzia yadviga
alicja ala alisa alina
jolanta jola
halina halinka halyna galina galyna
iwona iwonka ivonne
grazyna grazynka
bozena bozenka
wiktoria wiktoryja viktoriia viktoria viktoriya victoria wiktorija viktoryia
urszula ula
renata renatka
irena ira iryna irina iryny
helena hela helenka olena elena alena olenna lena jelena yelena
izabela iza izabella isabella
weronika vera veronika wera
wanda wandzia vanda
miroslawa mirka myroslava
stanislawa stasia stanislava
oksana oxana aksana ksenia kseniia kseniya
tatiana tetiana tetyana tacjana tatsiana tatyana tatjana tania tanya
svitlana swietlana svetlana switlana sviatlana
olha olga volha wolha olhga
liudmyla ludmila lyudmila liudmila lyudmyla ludmyla
anastasiia anastasia anastazja nastia anastasiya anastasija nastassia anastasya
daryna daria darina dariia dariya daryia darya darja dasza
nadiia nadia nadzieja nadzeya nadezhda nadija nadiya nadja
liubov lubow lyubov lubov liubow ljubow
valentyna walentyna valentina walentina valiantsina
yevheniia jewhenija eugenia evgenia evheniia yevgeniya evgeniya yevheniya jewgienia
larysa larisa laryssa
inna ina
yana jana iana
angelika andzelika anzhelika angelica
marta martusia marfa
sylwia silvia sylvia sylwuska
gabriela gabrysia
jan janek jas ivan iwan john yan johann johannes
piotr piotrek petro pyotr piotrus piatr petr pjotr peter
krzysztof krzysiek krzys krzysio christopher
andrzej andrii andrij andriy andrei andrej andrey jedrek andrew andre andrzejek
tomasz tomek thomas
pawel pavel pavlo pawlo paul pavlik pawelek
michal mykhailo michajlo mykhaylo mikhail michail michael mykhajlo mihail michalek mikhal
marcin martin marcinek martyn
stanislaw staszek stach stas stanislav
jakub kuba yakub jacob yakov jakow kubus iakiv yakiv
adam adas
marek mark marko
lukasz luka lukas luke
grzegorz grzesiek grzes hryhorii hryhorij grigorij grigory gregory grigoriy ryhor hrihorii grigorii hryhoriy
mateusz mati matvii matwij matthew matvei matvey matej
wojciech wojtek
mariusz mario
dariusz darek
zbigniew zbyszek zbych
jerzy jurek george heorhii georgij georgi giorgi georgii georgy
yurii jurij yuriy yuri juri yury iurii jury
maciej maciek
rafal raphael
robert robi
kamil kamilek
dawid david davyd davit dawit
tadeusz tadek
ryszard rysiek richard
szymon simon semen siemion symon
kacper kasper
bartosz bartek bartlomiej bartholomew
artur arthur artek
jaroslaw jarek yaroslav jaroslav iaroslav
slawomir slawek
miroslaw mirek myroslav miroslav
sebastian seba
damian damianek demian
przemyslaw przemek
henryk heniek henry
kazimierz kazik
roman romek ramon
wieslaw wiesiek
arkadiusz arek
jozef jozek josef joseph yosyp josyp yosif
zdzislaw zdzisiek zdzich
edward edek eduard edvard
mieczyslaw mietek
wladyslaw wladek vladyslav vladislav wladyslav uladzislau
zygmunt zyga
boleslaw bolek
franciszek franek francis
antoni antek anton antonij antony
waclaw wacek
eugeniusz gienek yevhen jewhen evgen evgeny yevgeny evgenij jewgienij evgeniy yauheni jauhieni evhen yevgeniy
oleksandr aleksander aleksandr alexander olexandr aliaksandr alexandr olek oleksander sasza ales
serhii serhij sergiy siergiej sergey sergiusz siarhei sergei serhiy sergii siarhiej
volodymyr wolodymyr vladimir wladimir wlodzimierz uladzimir wlodek vladymyr
mykola mikolaj nikolai nikolaj nikolay mikalai mykolai nicholas nikola
vasyl wasyl vasily wasilij vasiliy vasil wasil bazyli vasilii
dmytro dmitrij dmitry dzmitry dmitriy dmitro dmitrii dymitr dima dmytryi
maksym maxim maksim maxym maksymilian
oleh oleg aleh
viktor wiktor victor viktar
bohdan bogdan bahdan
artem artiom artyom artsiom
ihor igor ihar
vitalii witalij vitaly witalis vitaliy vitali witaliusz
anatolii anatolij anatol anatoly anatoliy anatoli
stepan szczepan stefan stephan stsiapan
ruslan ruslana
leonid leonidas
valerii walerij valery walery valeriy valeri
ilia illia ilja ilya eliasz
kyrylo kiryl kirill cyryl kyryl
nazar nazarii nazarij
denys dionizy denis dzianis dionizas
"""
