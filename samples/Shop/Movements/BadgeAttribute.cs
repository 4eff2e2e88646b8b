using System.ComponentModel.DataAnnotations;

namespace Shop.Movements;

/// <summary>The number on a badge of the staff, such as <c>WH-204817</c>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class BadgeAttribute : RegularExpressionAttribute
{
    public BadgeAttribute()
        : base("^[A-Z]{2}-[0-9]{6}$") => ErrorMessage = "must be two letters, a dash and six digits";
}
