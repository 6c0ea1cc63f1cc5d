namespace AlignOps.Examples.SupportAssistant.Knowledge;

/// <summary>
/// An attribute that every plan has, with its value on each plan, in the order of <see cref="KnowledgeBase.Plans"/>. No two of its values begin alike,
/// so that a small policy which has begun a value can only end it well.
/// </summary>
internal sealed record PlanAttribute(string Label, string[] Nouns, string[] Values, string[] Invented)
{
    public static readonly PlanAttribute[] All =
    [
        new("price", ["price", "monthly price", "cost"], ["$6", "$14", "$29", "$58", "$90"], ["$35", "$44", "$72", "$81"]),
        new("calendar limit", ["calendar limit", "number of calendars"],
            ["2 calendars", "4 calendars", "10 calendars", "30 calendars", "80 calendars"],
            ["5 calendars", "6 calendars", "7 calendars", "9 calendars"]),
        new("booking limit", ["booking limit", "number of bookings"],
            ["80 bookings", "300 bookings", "900 bookings", "4000 bookings", "20000 bookings"],
            ["150 bookings", "500 bookings", "600 bookings", "7000 bookings"]),
        new("reminder quota", ["reminder quota", "number of reminders", "text reminders"],
            ["20 texts", "150 texts", "400 texts", "900 texts", "6000 texts"],
            ["30 texts", "50 texts", "70 texts", "800 texts"]),
        new("client history", ["client history", "history length"],
            ["3 months", "1 year", "2 years", "5 years", "10 years"],
            ["4 weeks", "6 weeks", "8 months", "9 months"]),
        new("reply time", ["reply time", "support response time"],
            ["3 days", "1 day", "12 hours", "4 hours", "20 minutes"],
            ["5 days", "6 days", "8 hours", "90 minutes"]),
        new("photo storage", ["photo storage", "storage space", "space for photos"],
            ["5 GB", "20 GB", "80 GB", "300 GB", "1 TB"],
            ["40 GB", "60 GB", "70 GB", "9 TB"]),
    ];
}
