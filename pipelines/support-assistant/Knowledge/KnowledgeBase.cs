namespace AlignOps.Examples.SupportAssistant.Knowledge;

/// <summary>
/// What is true of Wrenbook, an appointment book for small shops that exists in this example only: 35 facts of plans, 13 of the product,
/// and 24 matters that nothing is known about.
/// </summary>
internal static class KnowledgeBase
{
    public const string Product = "Wrenbook";

    public static readonly IReadOnlyList<string> Plans = ["Solo", "Duo", "Studio", "Salon", "Campus"];

    public static readonly IReadOnlyList<Topic> Facts = [.. PlanFacts(), .. ProductFacts()];

    public static readonly IReadOnlyList<Topic> Unknowns =
    [
        Unknown("office dog", "Biscuit", "Pepper", "Momo", "Walnut"),
        Unknown("canteen menu", "lentil soup", "pasta", "green curry", "fish pie"),
        Unknown("parking fee", "two dollars", "five dollars", "eight dollars", "ten dollars"),
        Unknown("founder birthday", "May Day", "Midsummer", "Halloween", "Christmas"),
        Unknown("next release date", "4 March", "12 April", "30 August", "8 November"),
        Unknown("share price", "thirty dollars", "fifty dollars", "seventy dollars", "ninety dollars"),
        Unknown("weather forecast", "rain", "sunshine", "thick fog", "light snow"),
        Unknown("wall color", "teal", "orange", "pale green", "dark blue"),
        Unknown("lunch hour", "noon", "eleven sharp", "two sharp", "half past twelve"),
        Unknown("headcount", "sixty people", "eighty people", "three hundred people", "a thousand people"),
        Unknown("office floor", "the second floor", "the fifth floor", "the ninth floor", "the ground floor"),
        Unknown("team mascot", "a fox", "an owl", "a whale", "a badger"),
        Unknown("coffee brand", "Lumo", "Kafa", "Brio", "Santo"),
        Unknown("party date", "Easter", "Carnival", "Thanksgiving", "New Year"),
        Unknown("rival price", "seven dollars", "twelve dollars", "twenty dollars", "forty dollars"),
        Unknown("visitor hours", "mornings only", "afternoons only", "weekends only", "all day"),
        Unknown("train station", "Alma Gate", "Cedar Cross", "Mill Lane", "Park Road"),
        Unknown("chat mentor", "Dana", "Ivo", "Kofi", "Lena"),
        Unknown("company song", "Skylark", "Riverside", "Moonrise", "Homeward"),
        Unknown("training room", "the attic", "the barn", "the cellar", "the studio"),
        Unknown("delivery van", "a Kestrel", "a Mistral", "a Pony", "a Rover"),
        Unknown("charity partner", "Blue Harbor", "Green Acres", "Open Door", "Warm Hands"),
        Unknown("desk plant", "a cactus", "a fern", "an orchid", "a palm"),
        Unknown("sponsor name", "Alder Bank", "North Mills", "Pinto Foods", "Quay Motors"),
    ];

    private static IEnumerable<Topic> PlanFacts() =>
        from attribute in PlanAttribute.All
        from plan in Enumerable.Range(0, Plans.Count)
        select new Topic(
            Slug($"{Plans[plan]} {attribute.Label}"),
            $"{Plans[plan]} {attribute.Label}",
            Plans[plan],
            attribute.Nouns,
            attribute.Values[plan],
            attribute.Invented,
            [.. attribute.Values.Where((_, other) => other != plan)]);

    private static IEnumerable<Topic> ProductFacts() =>
    [
        ProductFact("launch year", "founding year", "2016", "1998", "2004", "2011", "2021"),
        ProductFact("head office", "main office", "Ghent", "Porto", "Turin", "Bergen", "Leeds"),
        ProductFact("current version", "latest version", "Linnet", "Heron", "Robin", "Siskin", "Wagtail"),
        ProductFact("free trial", "trial period", "21 days", "10 days", "30 days", "45 days", "7 days"),
        ProductFact("refund window", "money back period", "40 days", "15 days", "25 days", "60 days", "90 days"),
        ProductFact("sync port", "port number", "8472", "5050", "6553", "7420", "9001"),
        ProductFact("log folder", "folder for logs", "/var/log", "/opt/wren", "/tmp/logs", "/srv/wren", "/etc/wren"),
        ProductFact("repair command", "command for repairs", "wren fix", "wren heal", "wren reset", "wren scan", "wren tidy"),
        ProductFact("cipher", "encryption method", "AES", "Camellia", "Twofish", "Blowfish", "Serpent"),
        ProductFact("data region", "data location", "Finland", "Ireland", "Spain", "Canada", "Japan"),
        ProductFact("backup interval", "time between backups", "6 hours", "2 hours", "9 hours", "15 hours", "36 hours"),
        ProductFact("sync interval", "time between syncs", "90 seconds", "15 seconds", "30 seconds", "45 seconds", "60 seconds"),
        ProductFact("import format", "file type for imports", "CSV", "XML", "XLSX", "PDF", "ODS"),
    ];

    private static Topic ProductFact(string label, string synonym, string value, params string[] invented) =>
        new(Slug(label), label, null, [label, synonym], value, invented, []);

    private static Topic Unknown(string label, params string[] invented) => new(Slug(label), label, null, [label], null, invented, []);

    private static string Slug(string text) => text.ToLowerInvariant().Replace(' ', '-');
}
