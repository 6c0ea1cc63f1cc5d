namespace AlignOps.Examples.SupportAssistant.Knowledge;

/// <summary>An attribute that every plan has, with its value on each plan, in the order of <see cref="KnowledgeBase.Plans"/>.</summary>
internal sealed record PlanAttribute(string Label, string[] Nouns, string[] Values, string[] Invented)
{
    public static readonly PlanAttribute[] All =
    [
        new("price", ["price", "monthly price", "cost"], ["$6", "$14", "$29", "$58", "$120"], ["$9", "$11", "$19", "$35", "$44", "$99"]),
        new("calendar limit", ["calendar limit", "number of calendars"],
            ["2 calendars", "4 calendars", "10 calendars", "30 calendars", "150 calendars"],
            ["3 calendars", "5 calendars", "8 calendars", "12 calendars", "20 calendars", "50 calendars"]),
        new("booking limit", ["booking limit", "number of bookings"],
            ["80 bookings", "300 bookings", "900 bookings", "4000 bookings", "20000 bookings"],
            ["50 bookings", "120 bookings", "250 bookings", "500 bookings", "1500 bookings", "7000 bookings"]),
        new("reminder quota", ["reminder quota", "number of reminders", "text reminders"],
            ["20 texts", "150 texts", "400 texts", "1200 texts", "6000 texts"],
            ["10 texts", "60 texts", "100 texts", "250 texts", "700 texts", "2500 texts"]),
        new("client history", ["client history", "history length"],
            ["3 months", "1 year", "2 years", "5 years", "10 years"],
            ["2 weeks", "6 weeks", "9 months", "18 months", "3 years", "7 years"]),
        new("reply time", ["reply time", "support response time"],
            ["3 days", "1 day", "12 hours", "4 hours", "30 minutes"],
            ["5 days", "2 days", "18 hours", "8 hours", "1 hour", "10 minutes"]),
        new("photo storage", ["photo storage", "storage space", "space for photos"],
            ["5 GB", "20 GB", "80 GB", "300 GB", "2 TB"],
            ["1 GB", "10 GB", "40 GB", "60 GB", "150 GB", "1 TB"]),
    ];
}
