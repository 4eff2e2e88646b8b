using FlightRecorder.CompilerServices;

namespace FlightRecorder.Tests.EntityFrameworkCore.Model;

/// <summary>What the generator would emit for the contexts here, written by hand: these tests need no generator.</summary>
internal static class ShopHooks
{
    public static RedactionMap CustomerMap { get; } = new RedactionMap("Customer", null).Define(
        MemberRule.Hidden("Password", RedactMode.Mask),
        MemberRule.Of("Address", new RedactionMap("Address", null).Define(MemberRule.Hidden("DoorCode", RedactMode.Mask))));

    public static RedactionMap OrderMap { get; } = new("Order", null);

    public static RedactionMap VoucherMap { get; } = new("Voucher", null);

    public static void Register() => GeneratedCode.Register(new GeneratedAssembly
    {
        Anchor = typeof(ShopHooks),
        GeneratorVersion = "0.1.0",
        Contexts =
        [
            new ContextHooks
            {
                Context = typeof(ShopContext),
                Location = "ShopContext.cs:1",
                Entities =
                [
                    Hook<Customer>(CustomerMap),
                    Hook<Order>(OrderMap),
                    Hook<Label>(new RedactionMap("Label", null)),
                    Hook<Animal>(new RedactionMap("Animal", null)),
                    Hook<Diary>(new RedactionMap("Diary", null), recorded: false),
                ],
            },
            new ContextHooks { Context = typeof(FaultyContext), Location = "ShopContext.cs:2", Entities = [new EntityHook { Entity = null!, Recorded = true, Map = VoucherMap }] },
        ],
        Entities = [Hook<Voucher>(VoucherMap)],
    });

    private static EntityHook Hook<T>(RedactionMap map, bool recorded = true) => new() { Entity = typeof(T), Recorded = recorded, Map = map };
}
