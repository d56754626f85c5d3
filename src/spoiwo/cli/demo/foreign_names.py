"""Names of people from abroad, each with the spellings that offices in Poland give them.

The first spelling stands for the travel document. Weights are rough impressions; names are put together
at random.
"""

from random import Random

from spoiwo.cli.demo.chances import Weighted, one_of
from spoiwo.cli.demo.names import Spellings, Surname

CITIZENSHIPS = Weighted(("UA", "BY", "GE", "VN"), (70, 14, 10, 6))

_WOMEN = {
    "UA": """
        Oksana/Oxana Olena/Ołena/Elena Nataliia/Natalia/Natalija Iryna/Irina Tetiana/Tatiana/Tetyana
        Svitlana/Switłana/Svetlana Yuliia/Julia/Yulia Liudmyla/Ludmiła Kateryna/Katarzyna Halyna/Halina
        Viktoriia/Wiktoria/Viktoria Anastasiia/Anastazja/Anastasia Mariia/Maria Daryna/Darina
        Sofiia/Zofia/Sofia
    """,
    "BY": """
        Volha/Olga/Wolha Sviatlana/Swietłana/Svetlana Natallia/Natalia Katsiaryna/Kaciaryna/Ekaterina
        Iryna/Irina Alena/Elena Hanna/Anna Yuliya/Julia Tatsiana/Tacjana/Tatiana Darya/Daria
    """,
    "GE": """
        Nino Tamar/Tamara Ketevan/Ketewan Mariam/Maryam Natia Khatuna/Chatuna Lela Ekaterine/Ekaterina
    """,
    "VN": """
        Hương/Huong Lan Mai Linh Hoa Thảo/Thao Nga Thủy/Thuy Hạnh/Hanh
    """,
}
_MEN = {
    "UA": """
        Oleksandr/Aleksander/Olexandr Serhii/Siergiej/Sergiy/Serhij Andrii/Andrij/Andriy
        Volodymyr/Wołodymyr/Vladimir Mykola/Mikołaj/Mykoła Yurii/Jurij/Yuriy Vasyl/Wasyl Ivan/Iwan
        Dmytro/Dmitro Maksym/Maxim Oleh/Oleg Viktor/Wiktor Mykhailo/Michajło/Mykhaylo
        Yevhen/Jewhen/Evgen Bohdan/Bogdan Artem/Artiom
    """,
    "BY": """
        Aliaksandr/Aleksandr/Alexander Siarhei/Siergiej/Sergey Andrei/Andrej Dzmitry/Dmitrij/Dmitry
        Mikalai/Mikołaj/Nikolai Yauheni/Jauhieni/Evgeny Viktar/Wiktor Ihar/Igor
        Uladzimir/Władimir/Vladimir Pavel/Paweł
    """,
    "GE": """
        Giorgi/Georgi Davit/Dawid/David Levan/Lewan Irakli/Irakly Zurab Nika Luka Shota/Szota
        Vakhtang/Wachtang
    """,
    "VN": """
        Hùng/Hung Minh Tuấn/Tuan Dũng/Dung Quang Nam Đức/Duc Long Sơn/Son
    """,
}
# A family on each word; forms for men and women are parted by a colon where they differ.
_SURNAMES = {
    "UA": """
        Shevchenko/Szewczenko Kovalenko/Kowalenko Bondarenko Tkachenko/Tkaczenko Kravchenko/Krawczenko
        Oliinyk/Olijnyk/Oliynyk Melnyk/Mielnyk/Melnik Polishchuk/Poliszczuk Lysenko/Łysenko
        Boiko/Bojko/Boyko Moroz Rudenko Savchenko/Sawczenko Marchenko/Marczenko Kovalchuk/Kowalczuk
        Hrytsenko/Hrycenko/Gritsenko Zakharchenko/Zacharczenko Vasylenko/Wasylenko Ponomarenko
        Klymenko/Klimenko Pavlenko/Pawlenko Shvets/Szwec Kovalskyi/Kowalski/Kovalsky:Kovalska/Kowalska
        Zelinskyi/Zieliński/Zelinsky:Zelinska/Zielińska Sadovskyi/Sadowski:Sadovska/Sadowska
        Yaremchuk/Jaremczuk Tymoshchuk/Tymoszczuk Hnatiuk/Gnatiuk
    """,
    "BY": """
        Ivanou/Iwanou/Ivanov:Ivanova/Iwanowa Kazlou/Kozłow/Kozlov:Kazlova/Kozłowa/Kozlova Novik/Nowik
        Zhuk/Żuk Klimovich/Klimowicz Lukashevich/Łukaszewicz Karpovich/Karpowicz Stankevich/Stankiewicz
        Baranouski/Baranowski:Baranouskaya/Baranowska Savitski/Sawicki:Savitskaya/Sawicka
    """,
    "GE": """
        Beridze Kapanadze Gelashvili/Gelaszwili Maisuradze/Majsuradze Giorgadze Lomidze
        Tsiklauri/Cyklauri Kvaratskhelia/Kwaracchelia Mchedlishvili/Mczedliszwili Bolkvadze/Bolkwadze
    """,
    "VN": """
        Nguyễn/Nguyen Trần/Tran Phạm/Pham Hoàng/Hoang Vũ/Vu Đặng/Dang Bùi/Bui Đỗ/Do Ngô/Ngo
    """,
}


def _spelled(text: str) -> tuple[Spellings, ...]:
    return tuple(tuple(word.split("/")) for word in text.split())


def _families(text: str) -> tuple[Surname, ...]:
    families: list[Surname] = []
    for word in text.split():
        men, _, women = word.partition(":")
        families.append((tuple(men.split("/")), tuple((women or men).split("/"))))
    return tuple(families)


_GIVEN = {
    "K": {country: _spelled(text) for country, text in _WOMEN.items()},
    "M": {country: _spelled(text) for country, text in _MEN.items()},
}
_FAMILIES = {country: _families(text) for country, text in _SURNAMES.items()}


def foreign_given_name(rng: Random, sex: str, citizenship: str) -> Spellings:
    """A given name of that country in all its spellings."""
    return one_of(rng, _GIVEN[sex][citizenship])


def foreign_surname(rng: Random, citizenship: str) -> Surname:
    """A surname of that country in all its spellings."""
    return one_of(rng, _FAMILIES[citizenship])
