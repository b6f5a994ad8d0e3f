using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OwnAccountsAndKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_connections_requests_RequestId",
                table: "connections");

            migrationBuilder.AlterColumn<long>(
                name: "RequestId",
                table: "connections",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AlterColumn<long>(
                name: "ParticipantId",
                table: "connections",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<long>(
                name: "CredentialsExpireAt",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "CredentialsVersion",
                table: "connections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "NextCheckAt",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RefreshClaimedUntil",
                table: "connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Scopes",
                table: "connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LoginHost",
                table: "connect_attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MasterKeyId",
                table: "agency_keys",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            // Accounts of an older release are checked from now on.
            migrationBuilder.Sql("""UPDATE connections SET "NextCheckAt" = "ConnectedAt" WHERE "EraseCredentialsAt" IS NULL AND "State" = 'Active'""");

            migrationBuilder.CreateIndex(
                name: "IX_connections_AgencyId_Platform_ExternalId",
                table: "connections",
                columns: new[] { "AgencyId", "Platform", "ExternalId" },
                unique: true,
                filter: "\"RequestId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_connections_NextCheckAt",
                table: "connections",
                column: "NextCheckAt");

            migrationBuilder.AddForeignKey(
                name: "FK_connections_requests_RequestId",
                table: "connections",
                column: "RequestId",
                principalTable: "requests",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_connections_requests_RequestId",
                table: "connections");

            migrationBuilder.DropIndex(
                name: "IX_connections_AgencyId_Platform_ExternalId",
                table: "connections");

            migrationBuilder.DropIndex(
                name: "IX_connections_NextCheckAt",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "CredentialsExpireAt",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "CredentialsVersion",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "NextCheckAt",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "RefreshClaimedUntil",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "Scopes",
                table: "connections");

            migrationBuilder.DropColumn(
                name: "LoginHost",
                table: "connect_attempts");

            migrationBuilder.DropColumn(
                name: "MasterKeyId",
                table: "agency_keys");

            migrationBuilder.AlterColumn<long>(
                name: "RequestId",
                table: "connections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AlterColumn<long>(
                name: "ParticipantId",
                table: "connections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AddForeignKey(
                name: "FK_connections_requests_RequestId",
                table: "connections",
                column: "RequestId",
                principalTable: "requests",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
